RETURN [COLLECT {
  MATCH (n0:Practice)
  WHERE n0.level <= $q.open
  WITH
    n0,
    COUNT {
      MATCH (n0)<-[r1:USES]-(n1)
      WHERE r1.level <= $q.open
        AND n1.level <= $q.open
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
        WHERE r2.level <= $q.open
          AND n2.level <= $q.open
      },
      head(COLLECT {
        MATCH (n0)<-[r2:USES]-(n2)
        WHERE r2.level <= $q.open
          AND n2.level <= $q.open
        RETURN [toString(min(n2.sinceDay))]
      }) + [COLLECT {
        MATCH (n0)<-[r2:USES]-(n2)
        WHERE r2.level <= $q.open
          AND n2.level <= $q.open
        WITH n2, r2, n2.status AS g2_0
        WITH g2_0, [count(*)] AS v2
        WITH g2_0, v2, v2[0] AS k2_0, g2_0 AS k2_1
        ORDER BY k2_0 DESC, k2_1
        LIMIT $q.p2
        RETURN [g2_0] + v2
      }]
    ] AS s0
  RETURN s0
}] AS data
