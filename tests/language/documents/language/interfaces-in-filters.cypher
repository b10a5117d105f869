RETURN [
  COLLECT {
    MATCH (n0:Visit)
    WHERE n0.marking <= $q.open
      AND (n0.id IN coalesce($q.p0, []))
      AND EXISTS {
        MATCH (n0)-[r1:MADE_BY]->(n1)
        WHERE r1.marking <= $q.open
          AND n1.marking <= $q.open
          AND (head([l IN labels(n1) WHERE l <> 'Fact']) IN coalesce($q.p1, []))
      }
      AND n0.id IS NOT NULL
    WITH n0
    ORDER BY n0.id
    LIMIT $q.p2
    RETURN [n0.id]
  },
  COLLECT {
    MATCH (n2:Visit)
    WHERE n2.marking <= $q.open
      AND (n2.id IN coalesce($q.p3, []))
      AND EXISTS {
        MATCH (n2)-[r3:HOSTED_BY]->(n3)
        WHERE r3.marking <= $q.open
          AND n3.marking <= $q.open
          AND (head([l IN labels(n3) WHERE l <> 'Fact']) IN coalesce($q.p4, []))
      }
      AND n2.id IS NOT NULL
    WITH n2
    ORDER BY n2.id
    LIMIT $q.p5
    RETURN [n2.id]
  },
  COLLECT {
    MATCH (n4:Person)
    WHERE n4.marking <= $q.open
      AND (n4.id IN coalesce($q.p6, []))
      AND EXISTS {
        MATCH (n4)-[r5:MEMBER_OF]->(n5)
        WHERE r5.marking <= $q.open
          AND n5.marking <= $q.open
          AND EXISTS {
            MATCH (n5)<-[r6:MEMBER_OF]-(n6)
            WHERE r6.marking <= $q.open
              AND n6.marking <= $q.open
              AND (head([l IN labels(n6) WHERE l <> 'Fact']) = $q.p7)
          }
      }
      AND n4.id IS NOT NULL
    WITH n4
    ORDER BY n4.id
    LIMIT $q.p8
    RETURN [n4.id]
  },
  COLLECT {
    MATCH (n7:Organization)
    WHERE n7.marking <= $q.open
      AND (n7.id IN coalesce($q.p9, []))
      AND NOT EXISTS {
        MATCH (n7)<-[r8:MEMBER_OF]-(n8)
        WHERE r8.marking <= $q.open
          AND n8.marking <= $q.open
          AND (
            head([l IN labels(n8) WHERE l <> 'Fact']) IS NOT NULL
            AND NOT head([l IN labels(n8) WHERE l <> 'Fact']) IN $q.p10
          )
      }
      AND n7.id IS NOT NULL
    WITH n7
    ORDER BY n7.id
    LIMIT $q.p11
    RETURN [n7.id]
  },
  COLLECT {
    MATCH (n9:Organization)
    WHERE n9.marking <= $q.open
      AND (n9.id IN coalesce($q.p12, []))
      AND EXISTS {
        MATCH (n9)<-[r10:MEMBER_OF]-(n10)
        WHERE r10.marking <= $q.open
          AND n10.marking <= $q.open
          AND (n10.name = $q.p13)
          AND (n10.marking = $q.p14)
      }
      AND n9.id IS NOT NULL
    WITH n9
    ORDER BY n9.id
    LIMIT $q.p15
    RETURN [n9.id]
  }
] AS data
