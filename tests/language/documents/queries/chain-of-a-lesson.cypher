RETURN [COLLECT {
  MATCH (n0:Fact {id: $q.p0})
  WHERE n0.level <= $q.open
    AND n0:Lesson
  RETURN [
    n0.statement,
    head(COLLECT {
      MATCH (n0)<-[r1:LEARNED]-(n1)
      WHERE r1.level <= $q.open
      WITH n1
      ORDER BY n1.id
      LIMIT 1
      RETURN [n1.name]
    }),
    n0.since,
    n0.confidence,
    COLLECT {
      UNWIND n0.sources AS i2
      MATCH (n2:Fact {id: i2})
      WHERE n2.level <= $q.open
        AND n2:Source
      WITH DISTINCT n2
      ORDER BY n2.id
      LIMIT 100
      RETURN [n2.title, n2.url]
    },
    COLLECT {
      MATCH (n0)-[r3:FROM]->(n3)
      WHERE r3.level <= $q.open
      WITH n3, r3
      ORDER BY n3.id, r3.id
      LIMIT $q.p1
      RETURN [r3.confidence, n3.name]
    },
    COLLECT {
      MATCH (n0)-[r4:GAINED_ON]->(n4)
      WHERE r4.level <= $q.open
        AND n4.level <= $q.open
      WITH n4, r4
      ORDER BY n4.id, r4.id
      LIMIT $q.p2
      RETURN [
        r4.confidence,
        head([l IN labels(n4) WHERE l <> 'Fact']),
        CASE WHEN n4:Programme|Visit THEN [n4.since] WHEN n4:Event THEN [n4.name, n4.since] END
      ]
    },
    COLLECT {
      MATCH (n0)<-[r5:DREW_ON]-(n5)
      WHERE r5.level <= $q.open
        AND n5.level <= $q.open
      WITH n5, r5
      ORDER BY n5.id, r5.id
      LIMIT $q.p3
      RETURN [
        r5.confidence,
        head(COLLECT {
          MATCH (n5)-[r6:USES]->(n6)
          WHERE r6.level <= $q.open
            AND n6.level <= $q.open
          WITH n6
          ORDER BY n6.id
          LIMIT 1
          RETURN [n6.name]
        }),
        n5.since,
        n5.scale,
        COLLECT {
          UNWIND n5.sources AS i7
          MATCH (n7:Fact {id: i7})
          WHERE n7.level <= $q.open
            AND n7:Source
          WITH DISTINCT n7
          ORDER BY n7.id
          LIMIT 100
          RETURN [n7.title, n7.url]
        }
      ]
    }
  ]
}] AS data
