RETURN [COLLECT {
  MATCH (n0:Roster)
  WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
    AND EXISTS {
      MATCH (n0)-[r1:OF_CITY]->(n1)
      WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
        AND (n1.id = $q.p0)
    }
    AND n0.id IS NOT NULL
  WITH n0
  ORDER BY n0.id
  LIMIT $q.p1
  WITH
    n0,
    [
      n0.name,
      head(COLLECT {
        MATCH (n0)<-[r2:LISTED_ON]-(n2)
        WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
          AND (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
        RETURN [count(*)]
      }) + [COLLECT {
        MATCH (n0)<-[r2:LISTED_ON]-(n2)
        WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
          AND (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
        WITH n2, r2, n2.sector AS g2_0
        WITH g2_0, [count(*)] AS v2
        WITH g2_0, v2, v2[0] AS k2_0, g2_0 AS k2_1
        ORDER BY k2_0 DESC, k2_1
        LIMIT $q.p3
        RETURN [g2_0] + v2
      }],
      EXISTS {
        MATCH (n0)<-[r2:LISTED_ON]-(n2)
        WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
          AND (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
          AND (r2.level >= 4 OR n2.level >= 4)
        RETURN n2
      },
      n0.level >= 4
    ] AS s0
  RETURN s0
}] AS data
