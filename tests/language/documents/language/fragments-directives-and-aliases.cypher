RETURN [
  COLLECT {
    MATCH (n0:Fact {id: $q.p0})
    WHERE n0:City
    RETURN [
      n0.name,
      head(COLLECT {
        MATCH (n0)-[r1:IN_COUNTRY]->(n1)
        WITH n1
        ORDER BY n1.id
        LIMIT 1
        RETURN [n1.isoCode, n1.name]
      }),
      n0.population
    ]
  },
  COLLECT {
    MATCH (n2:Fact {id: $q.p1})
    WHERE n2:City
    RETURN [
      n2.name,
      head(COLLECT {
        MATCH (n2)-[r3:IN_COUNTRY]->(n3)
        WITH n3
        ORDER BY n3.id
        LIMIT 1
        RETURN [n3.isoCode, n3.name]
      })
    ]
  }
] AS data
