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
  WITH n1, n2, count(*) AS c0, [count(*)] AS v0
  ORDER BY c0 DESC, n1.id, n2.id
  LIMIT $q.p3
  RETURN [CASE WHEN n1 IS NOT NULL THEN [n1.name] END, CASE WHEN n2 IS NOT NULL THEN [n2.name] END] + v0
}]] AS data
