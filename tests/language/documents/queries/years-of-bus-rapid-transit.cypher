RETURN [head(COLLECT {
  MATCH (n0:Adoption)
  WHERE n0.level <= $q.open
    AND EXISTS {
      MATCH (n0)-[r1:USES]->(n1)
      WHERE r1.level <= $q.open
        AND n1.level <= $q.open
        AND (n1.id = $q.p0)
    }
  RETURN [count(*), toString(min(n0.sinceDay))]
}) + [COLLECT {
  MATCH (n0:Adoption)
  WHERE n0.level <= $q.open
    AND EXISTS {
      MATCH (n0)-[r1:USES]->(n1)
      WHERE r1.level <= $q.open
        AND n1.level <= $q.open
        AND (n1.id = $q.p0)
    }
  WITH n0, CASE WHEN n0.since =~ '\[?\s*(\d{4})[^/.,]*((\.\.|/|,)\s*\[?\1[^/.,]*)*' THEN n0.sinceDay.year END AS g0_0
  WITH g0_0, [count(*)] AS v0
  WITH g0_0, v0, v0[0] AS k0_0, g0_0 AS k0_1
  ORDER BY k0_0 DESC, k0_1
  LIMIT $q.p2
  RETURN [g0_0] + v0
}]] AS data
