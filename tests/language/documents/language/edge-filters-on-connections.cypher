RETURN [
  COLLECT {
    MATCH (n0:Fact {id: $q.p0})
    WHERE n0.marking <= $q.open
      AND n0:Person
    RETURN [
      COUNT {
        MATCH (n0)-[r1:TRUSTS]->(n1)
        WHERE r1.marking <= $q.open
          AND n1.marking <= $q.open
          AND (r1.strength >= $q.p1)
      },
      COLLECT {
        MATCH (n0)-[r1:TRUSTS]->(n1)
        WHERE r1.marking <= $q.open
          AND n1.marking <= $q.open
          AND (r1.strength >= $q.p1)
        WITH n1, r1
        ORDER BY n1.id, r1.id
        LIMIT $q.p2
        RETURN [r1.strength, n1.id]
      }
    ]
  },
  COLLECT {
    MATCH (n2:Fact {id: $q.p3})
    WHERE n2.marking <= $q.open
      AND n2:Person
    RETURN [COLLECT {
      MATCH (n2)-[r3:TRUSTS]->(n3)
      WHERE r3.marking <= $q.open
        AND n3.marking <= $q.open
        AND (n3.name = $q.p4)
        AND (r3.strength < $q.p5)
      WITH n3, r3
      ORDER BY n3.id, r3.id
      LIMIT $q.p6
      RETURN [r3.strength]
    }]
  },
  COLLECT {
    MATCH (n4:Fact {id: $q.p7})
    WHERE n4.marking <= $q.open
      AND n4:Person
    RETURN [COLLECT {
      MATCH (n4)-[r5:TRUSTS]->(n5)
      WHERE r5.marking <= $q.open
        AND n5.marking <= $q.open
        AND ((r5.strength = $q.p8) OR (NOT coalesce(r5.strength <= $q.p9, false) AND (n5.name = $q.p10)))
      WITH n5, r5
      ORDER BY n5.id, r5.id
      LIMIT $q.p11
      RETURN [n5.id]
    }]
  },
  COLLECT {
    MATCH (n6:Fact {id: $q.p12})
    WHERE n6.marking <= $q.open
      AND n6:Person
    RETURN [COLLECT {
      MATCH (n6)-[r7:TRUSTS]->(n7)
      WHERE r7.marking <= $q.open
        AND n7.marking <= $q.open
        AND NOT coalesce(r7.frequency > $q.p13, false)
      WITH n7, r7
      ORDER BY n7.name, coalesce(r7.strength, -4611686018427387904) DESC, r7.id DESC
      LIMIT $q.p14
      RETURN [r7.frequency]
    }]
  }
] AS data
