RETURN [COLLECT {
  MATCH (n0:Fact {id: $q.p0})
  WHERE n0:City
  RETURN [COLLECT {
    MATCH (n0)<-[r1:RAISED_IN]-(n1)
    WHERE r1.marking <= $q.open
      AND n1.marking <= $q.open
    WITH n1, r1
    ORDER BY n1.sinceDay, n1.id, r1.id
    LIMIT $q.p1
    RETURN [
      n1.statement,
      n1.raisedBy,
      n1.status,
      COLLECT {
        MATCH (n1)<-[r2:SOLVES]-(n2)
        WHERE r2.marking <= $q.open
          AND n2.marking <= $q.open
        WITH n2, r2
        ORDER BY n2.id, r2.id
        LIMIT $q.p2
        RETURN [
          n2.name,
          n2.valueStatement,
          COLLECT {
            MATCH (n2)<-[r3:TAKEN_ON]-(n3)
            WHERE r3.marking <= $q.open
              AND n3.marking <= $q.open
            WITH n3, r3
            ORDER BY n3.sinceDay, n3.id, r3.id
            LIMIT $q.p3
            RETURN [
              n3.role,
              n3.since,
              n3.value,
              head(COLLECT {
                MATCH (n3)-[r4:OF_METRIC]->(n4)
                WHERE r4.marking <= $q.open
                WITH n4
                ORDER BY n4.id
                LIMIT 1
                RETURN [n4.name]
              })
            ]
          }
        ]
      }
    ]
  }]
}] AS data
