RETURN [[COLLECT {
  MATCH (n0:Visit)
  WHERE n0.level <= $q.open
    AND (n0.status = $q.p0)
    AND (any(x IN n0.rows WHERE x STARTS WITH $q.p1))
  OPTIONAL MATCH (n0)-[r1:MADE_BY]->(n1)
  WHERE r1.level <= $q.open
    AND n1.level <= $q.open
  WITH DISTINCT n0, n1
  OPTIONAL MATCH (n0)-[r2:HOSTED_BY]->(n2)
  WHERE r2.level <= $q.open
    AND n2.level <= $q.open
  WITH DISTINCT n0, n1, n2
  WITH n0, n1 AS n1, n2 AS n2
  WITH n1, n2, [count(*)] AS v0
  WITH n1, n2, v0, v0[0] AS k0_0, n1.id AS k0_1, n2.id AS k0_2
  ORDER BY k0_0 DESC, k0_1, k0_2
  LIMIT $q.p3
  RETURN [CASE WHEN n1 IS NOT NULL THEN [n1.name] END, CASE WHEN n2 IS NOT NULL THEN [n2.name] END] + v0
}]] AS data
