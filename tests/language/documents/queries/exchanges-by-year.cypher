RETURN [[COLLECT {
  MATCH (n0:Visit)
  WHERE n0.level <= $q.open
    AND (n0.status = $q.p0)
    AND (
      (EXISTS {
        MATCH (n0)-[r1:MADE_BY]->(n1)
        WHERE r1.level <= $q.open
          AND n1.level <= $q.open
          AND (n1.id = $q.p1)
      })
      OR (EXISTS {
        MATCH (n0)-[r2:HOSTED_BY]->(n2)
        WHERE r2.level <= $q.open
          AND n2.level <= $q.open
          AND (n2.id = $q.p2)
      })
    )
  WITH n0, CASE WHEN n0.since =~ '\[?\s*(\d{4})[^/.,]*((\.\.|/|,)\s*\[?\1[^/.,]*)*' THEN n0.sinceDay.year END AS g0_0
  WITH g0_0, [count(*), [count(n0.delegates), sum(n0.delegates)]] AS v0
  WITH g0_0, v0, v0[0] AS k0_0, g0_0 AS k0_1
  ORDER BY k0_0 DESC, k0_1
  LIMIT $q.p4
  RETURN [g0_0] + v0
}]] AS data
