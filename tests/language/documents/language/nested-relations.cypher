RETURN [
  COLLECT {
    MATCH (n0:Person)
    WHERE n0.marking <= $q.open
      AND EXISTS {
        MATCH (n0)-[r1:MEMBER_OF]->(n1)
        WHERE r1.marking <= $q.open
          AND n1.marking <= $q.open
          AND EXISTS {
            MATCH (n1)<-[r2:MEMBER_OF]-(n2)
            WHERE r2.marking <= $q.open
              AND n2.marking <= $q.open
              AND (n2.name STARTS WITH $q.p0)
              AND (head([l IN labels(n2) WHERE l <> 'Fact']) = $q.p1)
          }
      }
      AND n0.id IS NOT NULL
    WITH n0
    ORDER BY n0.id
    LIMIT $q.p2
    RETURN [n0.name]
  },
  COLLECT {
    MATCH (n3:Organization)
    WHERE n3.marking <= $q.open
      AND (n3.id IN coalesce($q.p3, []))
      AND NOT EXISTS {
        MATCH (n3)<-[r4:MEMBER_OF]-(n4)
        WHERE r4.marking <= $q.open
          AND n4.marking <= $q.open
          AND NOT coalesce((n4.since IS NULL) = $q.p4, false)
      }
      AND n3.id IS NOT NULL
    WITH n3
    ORDER BY n3.id
    LIMIT $q.p5
    RETURN [n3.id]
  },
  COLLECT {
    MATCH (n5:Organization)
    WHERE n5.marking <= $q.open
      AND (n5.id IN coalesce($q.p6, []))
      AND (
        (NOT EXISTS {
          MATCH (n5)<-[r6:MEMBER_OF]-(n6)
          WHERE r6.marking <= $q.open
            AND n6.marking <= $q.open
        })
        OR ((COUNT {
          MATCH (n5)<-[r7:MEMBER_OF]-(n7)
          WHERE r7.marking <= $q.open
            AND n7.marking <= $q.open
        } > $q.p7))
      )
      AND n5.id IS NOT NULL
    WITH n5
    ORDER BY n5.id
    LIMIT $q.p8
    RETURN [n5.id]
  }
] AS data
