RETURN [COLLECT {
  MATCH (n0:Event)
  WHERE n0.marking <= $q.open
    AND (n0.kind = $q.p0)
    AND n0.id IS NOT NULL
  WITH n0
  ORDER BY n0.id
  LIMIT $q.p1
  RETURN [
    n0.name,
    n0.since,
    n0.until,
    COLLECT {
      MATCH (n0)-[r1:HELD_IN]->(n1)
      WHERE r1.marking <= $q.open
      WITH n1, r1
      ORDER BY n1.id, r1.id
      LIMIT $q.p2
      RETURN [n1.name]
    },
    COLLECT {
      MATCH (n0)<-[r2:ORGANIZED]-(n2)
      WHERE r2.marking <= $q.open
        AND n2.marking <= $q.open
      WITH n2, r2
      ORDER BY n2.id, r2.id
      LIMIT $q.p3
      RETURN [n2.name]
    },
    n0.citiesAttending,
    COUNT {
      MATCH (n0)<-[r3:ATTENDED]-(n3)
      WHERE r3.marking <= $q.open
    },
    COLLECT {
      MATCH (n0)<-[r3:ATTENDED]-(n3)
      WHERE r3.marking <= $q.open
      WITH n3, r3
      ORDER BY n3.id, r3.id
      LIMIT $q.p4
      RETURN [n3.name]
    },
    COLLECT {
      MATCH (n0)<-[r4:GAINED_ON]-(n4)
      WHERE r4.marking <= $q.open
        AND n4.marking <= $q.open
      WITH n4, r4
      ORDER BY n4.id, r4.id
      LIMIT $q.p5
      RETURN [
        n4.statement,
        head(COLLECT {
          MATCH (n4)<-[r5:LEARNED]-(n5)
          WHERE r5.marking <= $q.open
          WITH n5
          ORDER BY n5.id
          LIMIT 1
          RETURN [n5.name]
        })
      ]
    }
  ]
}] AS data
