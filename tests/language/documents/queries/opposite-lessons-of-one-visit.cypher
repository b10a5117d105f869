RETURN [COLLECT {
  MATCH (n0:Fact {id: $q.p0})
  WHERE n0.level <= $q.open
    AND n0:Visit
  RETURN [
    n0.title,
    n0.since,
    COLLECT {
      MATCH (n0)<-[r1:GAINED_ON]-(n1)
      WHERE r1.level <= $q.open
        AND n1.level <= $q.open
      WITH n1, r1
      ORDER BY n1.id, r1.id
      LIMIT $q.p1
      RETURN [
        n1.statement,
        COLLECT {
          UNWIND n1.sources AS i2
          MATCH (n2:Fact {id: i2})
          WHERE n2.level <= $q.open
            AND n2:Source
          WITH DISTINCT n2
          ORDER BY n2.id
          LIMIT 100
          RETURN [n2.publisher]
        },
        COLLECT {
          MATCH (n1)<-[r3:DREW_ON]-(n3)
          WHERE r3.level <= $q.open
            AND n3.level <= $q.open
          WITH n3, r3
          ORDER BY n3.id, r3.id
          LIMIT $q.p2
          RETURN [n3.localName, n3.status, n3.since]
        }
      ]
    }
  ]
}] AS data
