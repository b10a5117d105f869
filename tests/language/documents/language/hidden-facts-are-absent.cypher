RETURN [
  COLLECT {
    MATCH (n0:Fact {id: $q.p0})
    WHERE n0.marking <= $q.open
      AND n0:Organization
    RETURN [n0.name]
  },
  COUNT {
    MATCH (n1:Person)
    WHERE n1.marking <= $q.open
      AND (n1.id IN coalesce($q.p1, []))
      AND (COUNT {
        MATCH (n1)-[r2:MEMBER_OF]->(n2)
        WHERE r2.marking <= $q.open
          AND n2.marking <= $q.open
      } >= $q.p2)
  },
  COLLECT {
    MATCH (n1:Person)
    WHERE n1.marking <= $q.open
      AND (n1.id IN coalesce($q.p1, []))
      AND (COUNT {
        MATCH (n1)-[r2:MEMBER_OF]->(n2)
        WHERE r2.marking <= $q.open
          AND n2.marking <= $q.open
      } >= $q.p2)
      AND n1.id IS NOT NULL
    WITH n1
    ORDER BY n1.id
    LIMIT $q.p3
    RETURN [
      n1.name,
      COUNT {
        MATCH (n1)-[r3:MEMBER_OF]->(n3)
        WHERE r3.marking <= $q.open
          AND n3.marking <= $q.open
      },
      COLLECT {
        MATCH (n1)-[r3:MEMBER_OF]->(n3)
        WHERE r3.marking <= $q.open
          AND n3.marking <= $q.open
        WITH n3, r3
        ORDER BY n3.id, r3.id
        LIMIT $q.p4
        RETURN [n3.name]
      }
    ]
  },
  COLLECT {
    MATCH (n4:Fact {id: $q.p5})
    WHERE n4.marking <= $q.open
    RETURN [n4.id]
  },
  COLLECT {
    MATCH (n5:Fact {id: $q.p6})
    WHERE n5.marking <= $q.open
      AND n5:Person
    RETURN [
      COUNT {
        MATCH (n5)<-[r6:TRUSTS]-(n6)
        WHERE r6.marking <= $q.open
          AND n6.marking <= $q.open
      },
      COUNT {
        MATCH (n5)-[r7:TRUSTS]->(n7)
        WHERE r7.marking <= $q.open
          AND n7.marking <= $q.open
      },
      COLLECT {
        MATCH (n5)-[r7:TRUSTS]->(n7)
        WHERE r7.marking <= $q.open
          AND n7.marking <= $q.open
        WITH n7, r7
        ORDER BY n7.id, r7.id
        LIMIT $q.p8
        RETURN [r7.marking, n7.id]
      }
    ]
  }
] AS data
