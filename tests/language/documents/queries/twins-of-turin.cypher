RETURN [COLLECT {
  MATCH (n0:Fact {id: $q.p0})
  WHERE n0:City
  RETURN [
    n0.name,
    COUNT {
      MATCH (n0)-[r1:TWINNED_WITH]-(n1)
      WHERE r1.level <= $q.open
    },
    COLLECT {
      MATCH (n0)-[r1:TWINNED_WITH]-(n1)
      WHERE r1.level <= $q.open
      WITH n1, r1
      ORDER BY n1.name, n1.id, r1.id
      LIMIT $q.p1
      RETURN [
        r1.since,
        COLLECT {
          UNWIND r1.sources AS i2
          MATCH (n2:Fact {id: i2})
          WHERE n2.level <= $q.open
            AND n2:Source
          WITH DISTINCT n2
          ORDER BY n2.id
          LIMIT 100
          RETURN [n2.title, n2.url]
        },
        n1.name,
        head(COLLECT {
          MATCH (n1)-[r3:IN_COUNTRY]->(n3)
          WITH n3
          ORDER BY n3.id
          LIMIT 1
          RETURN [n3.name]
        })
      ]
    }
  ]
}] AS data
