RETURN [
  COUNT {
    MATCH (n0:Lesson)
    WHERE n0.level <= $q.open
      AND NOT EXISTS {
        MATCH (n0)-[r1:GAINED_ON]->(n1)
        WHERE r1.level <= $q.open
          AND n1.level <= $q.open
      }
  },
  COLLECT {
    MATCH (n0:Lesson)
    WHERE n0.level <= $q.open
      AND NOT EXISTS {
        MATCH (n0)-[r1:GAINED_ON]->(n1)
        WHERE r1.level <= $q.open
          AND n1.level <= $q.open
      }
      AND n0.id IS NOT NULL
    WITH n0
    ORDER BY n0.id
    LIMIT $q.p0
    RETURN [
      head(COLLECT {
        MATCH (n0)<-[r2:LEARNED]-(n2)
        WHERE r2.level <= $q.open
        WITH n2
        ORDER BY n2.id
        LIMIT 1
        RETURN [n2.name]
      }),
      COLLECT {
        MATCH (n0)-[r3:FROM]->(n3)
        WHERE r3.level <= $q.open
        WITH n3, r3
        ORDER BY n3.id, r3.id
        LIMIT $q.p1
        RETURN [n3.name]
      },
      COUNT {
        MATCH (n0)<-[r4:DREW_ON]-(n4)
        WHERE r4.level <= $q.open
          AND n4.level <= $q.open
      },
      n0.id
    ]
  }
] AS data
