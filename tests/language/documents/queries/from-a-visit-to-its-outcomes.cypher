RETURN [COLLECT {
  MATCH (n0:Fact {id: $q.p0})
  WHERE n0.level <= $q.open
    AND n0:Visit
  RETURN [
    n0.title,
    n0.since,
    n0.confidence,
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
          MATCH (n1)<-[r2:DREW_ON]-(n2)
          WHERE r2.level <= $q.open
            AND n2.level <= $q.open
          WITH n2, r2
          ORDER BY n2.id, r2.id
          LIMIT $q.p2
          RETURN [
            n2.localName,
            n2.status,
            n2.since,
            COLLECT {
              MATCH (n2)-[r3:LED_TO]->(n3)
              WHERE r3.level <= $q.open
                AND n3.level <= $q.open
              WITH n3, r3
              ORDER BY n3.id, r3.id
              LIMIT $q.p3
              RETURN [n3.statement, n3.since, n3.confidence]
            }
          ]
        }
      ]
    }
  ]
}] AS data
