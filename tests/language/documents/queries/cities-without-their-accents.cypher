RETURN [COLLECT {
  MATCH (n0:City)
  WHERE (all(w IN $q.p0 WHERE n0.nameWords CONTAINS w))
    AND n0.name IS NOT NULL
    AND n0.id IS NOT NULL
  WITH n0
  ORDER BY n0.name, n0.id
  LIMIT $q.p1
  RETURN [
    n0.name,
    head(COLLECT {
      MATCH (n0)-[r1:IN_COUNTRY]->(n1)
      WITH n1
      ORDER BY n1.id
      LIMIT 1
      RETURN [n1.name]
    })
  ]
}] AS data
