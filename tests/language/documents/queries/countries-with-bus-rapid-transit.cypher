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
  WITH n3, count(*) AS c0, [count(*), [count(n0.population), sum(n0.population)]] AS v0
  ORDER BY c0 DESC, n3.id
  LIMIT $q.p2
  RETURN [CASE WHEN n3 IS NOT NULL THEN [n3.name, n3.incomeGroup] END] + v0
}]] AS data
