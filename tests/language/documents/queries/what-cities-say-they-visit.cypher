RETURN [COLLECT {
  MATCH (n0:ExchangeStatement)
  WHERE n0.level <= $q.open
    AND n0.id IS NOT NULL
  WITH n0
  ORDER BY n0.id
  LIMIT $q.p0
  RETURN [
    head(COLLECT {
      MATCH (n0)<-[r1:STATED]-(n1)
      WHERE r1.level <= $q.open
      WITH n1
      ORDER BY n1.id
      LIMIT 1
      RETURN [
        n1.name,
        COUNT {
          MATCH (n1)<-[r2:MADE_BY]-(n2)
          WHERE r2.level <= $q.open
            AND n2.level <= $q.open
        }
      ]
    }),
    n0.relation,
    n0.counterpart,
    COLLECT {
      MATCH (n0)-[r3:NAMES]->(n3)
      WHERE r3.level <= $q.open
      WITH n3, r3
      ORDER BY n3.id, r3.id
      LIMIT $q.p2
      RETURN [n3.name]
    },
    n0.since,
    n0.until,
    COLLECT {
      UNWIND n0.sources AS i4
      MATCH (n4:Fact {id: i4})
      WHERE n4.level <= $q.open
        AND n4:Source
      WITH DISTINCT n4
      ORDER BY n4.id
      LIMIT 100
      RETURN [n4.title, n4.url]
    }
  ]
}] AS data
