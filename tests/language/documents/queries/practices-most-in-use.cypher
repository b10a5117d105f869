RETURN [COLLECT {
  MATCH (n0:Practice)
  WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
  WITH
    n0,
    COUNT {
      MATCH (n0)<-[r1:USES]-(n1)
      WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
        AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
    } AS k0_0
  WITH n0, k0_0
  ORDER BY k0_0 DESC, n0.name, n0.id
  LIMIT $q.p0
  WITH
    n0,
    k0_0,
    [
      n0.name,
      COUNT {
        MATCH (n0)<-[r2:USES]-(n2)
        WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
          AND (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
      },
      head(COLLECT {
        MATCH (n0)<-[r2:USES]-(n2)
        WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
          AND (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
        RETURN [toString(min(n2.sinceDay))]
      }) + [COLLECT {
        MATCH (n0)<-[r2:USES]-(n2)
        WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
          AND (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
        WITH n2, r2, n2.status AS g2_0
        WITH g2_0, count(*) AS c2, [count(*)] AS v2
        ORDER BY c2 DESC, g2_0
        LIMIT $q.p2
        RETURN [g2_0] + v2
      }],
      EXISTS {
        MATCH (n0)<-[r2:USES]-(n2)
        WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
          AND (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
          AND (r2.level >= 4 OR n2.level >= 4)
        RETURN n2
      },
      n0.level >= 4
    ] AS s0
  RETURN s0
}] AS data
