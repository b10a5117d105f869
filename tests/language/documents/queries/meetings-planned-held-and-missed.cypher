RETURN [COLLECT {
  MATCH (n0:Fact {id: $q.p0})
  WHERE n0.marking <= $q.open
    AND n0:Council
  RETURN [
    n0.name,
    n0.rhythm,
    COUNT {
      MATCH (n0)<-[r1:OF_COUNCIL]-(n1)
      WHERE r1.marking <= $q.open
        AND n1.marking <= $q.open
        AND (n1.status = $q.p1)
    },
    COUNT {
      MATCH (n0)<-[r2:OF_COUNCIL]-(n2)
      WHERE r2.marking <= $q.open
        AND n2.marking <= $q.open
        AND (n2.status = $q.p3)
    },
    COUNT {
      MATCH (n0)<-[r3:OF_COUNCIL]-(n3)
      WHERE r3.marking <= $q.open
        AND n3.marking <= $q.open
        AND (n3.status = $q.p5)
    },
    COLLECT {
      MATCH (n0)<-[r4:OF_COUNCIL]-(n4)
      WHERE r4.marking <= $q.open
        AND n4.marking <= $q.open
      WITH n4, r4
      ORDER BY n4.sinceDay, n4.id
      LIMIT $q.p7
      RETURN [
        n4.since,
        n4.status,
        COUNT {
          MATCH (n4)<-[r5:ATTENDED]-(n5)
          WHERE r5.marking <= $q.open
            AND n5.marking <= $q.open
            AND (head([l IN labels(n5) WHERE l <> 'Fact']) = $q.p8)
        },
        COLLECT {
          MATCH (n4)<-[r6:TAKEN_AT]-(n6)
          WHERE r6.marking <= $q.open
            AND n6.marking <= $q.open
          WITH n6, r6
          ORDER BY n6.id
          LIMIT $q.p10
          RETURN [n6.subject, n6.agreement]
        }
      ]
    }
  ]
}] AS data
