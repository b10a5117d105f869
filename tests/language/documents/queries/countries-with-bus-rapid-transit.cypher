RETURN [head(COLLECT {
  MATCH (n0:City)
  WHERE EXISTS {
    MATCH (n0)-[r1:MADE]->(n1)
    WHERE r1.level <= $q.open
      AND n1.level <= $q.open
      AND EXISTS {
        MATCH (n1)-[r2:USES]->(n2)
        WHERE r2.level <= $q.open
          AND n2.level <= $q.open
          AND (n2.id = $q.p0)
      }
  }
  RETURN [count(*)]
}) + [COLLECT {
  MATCH (n0:City)
  WHERE EXISTS {
    MATCH (n0)-[r1:MADE]->(n1)
    WHERE r1.level <= $q.open
      AND n1.level <= $q.open
      AND EXISTS {
        MATCH (n1)-[r2:USES]->(n2)
        WHERE r2.level <= $q.open
          AND n2.level <= $q.open
          AND (n2.id = $q.p0)
      }
  }
  WITH
    n0,
    head(COLLECT {
      MATCH (n0)-[r3:IN_COUNTRY]->(n3)
      WITH n3
      ORDER BY n3.id
      LIMIT 1
      RETURN n3
    }) AS n3
  WITH n3, [count(*), [count(n0.population), sum(n0.population)]] AS v0
  WITH n3, v0, v0[0] AS k0_0, n3.id AS k0_1
  ORDER BY k0_0 DESC, k0_1
  LIMIT $q.p2
  RETURN [CASE WHEN n3 IS NOT NULL THEN [n3.name, n3.incomeGroup] END] + v0
}]] AS data
