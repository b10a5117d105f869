RETURN [[COLLECT {
  MATCH (n0:Visit)
  WHERE n0.marking <= $q.open
    AND (
      (
        (EXISTS {
          MATCH (n0)-[r1:MADE_BY]->(n1)
          WHERE r1.marking <= $q.open
            AND n1.marking <= $q.open
            AND (n1.id = $q.p0)
        })
        AND (EXISTS {
          MATCH (n0)-[r2:HOSTED_BY]->(n2)
          WHERE r2.marking <= $q.open
            AND n2.marking <= $q.open
            AND (n2.id = $q.p1)
        })
      )
      OR (
        (EXISTS {
          MATCH (n0)-[r3:MADE_BY]->(n3)
          WHERE r3.marking <= $q.open
            AND n3.marking <= $q.open
            AND (n3.id = $q.p2)
        })
        AND (EXISTS {
          MATCH (n0)-[r4:HOSTED_BY]->(n4)
          WHERE r4.marking <= $q.open
            AND n4.marking <= $q.open
            AND (n4.id = $q.p3)
        })
      )
    )
  OPTIONAL MATCH (n0)-[r5:ABOUT]->(n5:Topic)
  WHERE r5.marking <= $q.open
  WITH DISTINCT n0, n5
  WITH n0, CASE WHEN n0.since =~ '\[?\s*(\d{4})[^/.,]*((\.\.|/|,)\s*\[?\1[^/.,]*)*' THEN n0.sinceDay.year END AS g0_0, n5 AS n5
  WITH g0_0, n5, count(*) AS c0, [count(*)] AS v0
  ORDER BY c0 DESC, g0_0, n5.id
  LIMIT $q.p5
  RETURN [g0_0, CASE WHEN n5 IS NOT NULL THEN [n5.name] END] + v0
}]] AS data
