RETURN [[COLLECT {
  MATCH (n0:Visit)
  WHERE n0.level <= $q.open
    AND (
      EXISTS {
        MATCH (n0)-[r1:ABOUT]->(n1:Topic)
        WHERE r1.level <= $q.open
          AND EXISTS {
            MATCH (n1) (
              ()-[r2:UNDER]->(n2)
              WHERE r2.level <= $q.open
            ){0,10} (n3)
            WHERE n3:Topic
              AND (n3.id = $q.p0)
          }
      }
      OR EXISTS {
        MATCH (n0)-[r4:ABOUT]->(n4:Practice)
        WHERE r4.level <= $q.open
          AND n4.level <= $q.open
          AND EXISTS {
            MATCH (n4) (
              ()-[r5:UNDER]->(n5)
              WHERE r5.level <= $q.open
            ){0,10} (n6)
            WHERE n6:Topic
              AND (n6.id = $q.p1)
          }
      }
    )
    AND (any(x IN n0.rows WHERE x STARTS WITH $q.p2))
  OPTIONAL MATCH (n0)-[r7:ABOUT]->(n7:Topic)
  WHERE r7.level <= $q.open
  WITH DISTINCT n0, n7
  OPTIONAL MATCH (n0)-[r8:ABOUT]->(n8:Practice)
  WHERE r8.level <= $q.open
    AND n8.level <= $q.open
  WITH DISTINCT n0, n7, n8
  WITH n0, n7 AS n7, n8 AS n8
  WITH n7, n8, [count(*)] AS v0
  WITH n7, n8, v0, v0[0] AS k0_0, n7.id AS k0_1, n8.id AS k0_2
  ORDER BY k0_0 DESC, k0_1, k0_2
  LIMIT $q.p4
  RETURN [CASE WHEN n7 IS NOT NULL THEN [n7.name] END, CASE WHEN n8 IS NOT NULL THEN [n8.name] END] + v0
}]] AS data
