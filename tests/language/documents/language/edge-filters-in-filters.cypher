RETURN [
  COLLECT {
    MATCH (n0:Person)
    WHERE n0.marking <= $q.open
      AND (n0.id IN coalesce($q.p0, []))
      AND NOT EXISTS {
        MATCH (n0)-[r1:TRUSTS]->(n1)
        WHERE r1.marking <= $q.open
          AND n1.marking <= $q.open
          AND (r1.strength >= $q.p1)
      }
      AND n0.id IS NOT NULL
    WITH n0
    ORDER BY n0.id
    LIMIT $q.p2
    RETURN [n0.id]
  },
  COLLECT {
    MATCH (n2:Person)
    WHERE n2.marking <= $q.open
      AND (n2.id IN coalesce($q.p3, []))
      AND NOT EXISTS {
        MATCH (n2)-[r3:TRUSTS]->(n3)
        WHERE r3.marking <= $q.open
          AND n3.marking <= $q.open
          AND NOT coalesce(r3.strength >= $q.p4, false)
      }
      AND n2.id IS NOT NULL
    WITH n2
    ORDER BY n2.id
    LIMIT $q.p5
    RETURN [n2.id]
  },
  COLLECT {
    MATCH (n4:Organization)
    WHERE n4.marking <= $q.open
      AND (n4.id IN coalesce($q.p6, []))
      AND EXISTS {
        MATCH (n4)<-[r5:MEMBER_OF]-(n5)
        WHERE r5.marking <= $q.open
          AND n5.marking <= $q.open
          AND (r5.role = $q.p7)
      }
      AND n4.id IS NOT NULL
    WITH n4
    ORDER BY n4.id
    LIMIT $q.p8
    RETURN [n4.id]
  },
  COLLECT {
    MATCH (n6:Visit)
    WHERE n6.marking <= $q.open
      AND EXISTS {
        MATCH (n6)-[r7:HOSTED_BY]->(n7)
        WHERE r7.marking <= $q.open
          AND n7.marking <= $q.open
          AND (r7.stop > $q.p9)
          AND (n7.name = $q.p10)
      }
      AND n6.id IS NOT NULL
    WITH n6
    ORDER BY n6.id
    LIMIT $q.p11
    RETURN [n6.id]
  },
  COLLECT {
    MATCH (n8:Effort)
    WHERE n8.marking <= $q.open
      AND EXISTS {
        MATCH (n8)<-[r9:SPENT]-(n9)
        WHERE r9.marking <= $q.open
          AND ((r9.note IS NULL) = $q.p12)
      }
      AND n8.id IS NOT NULL
    WITH n8
    ORDER BY n8.id
    LIMIT $q.p13
    RETURN [n8.id]
  },
  COLLECT {
    MATCH (n10:Person)
    WHERE n10.marking <= $q.open
      AND EXISTS {
        MATCH (n10)-[r11:MEMBER_OF]->(n11)
        WHERE r11.marking <= $q.open
          AND n11.marking <= $q.open
          AND EXISTS {
            MATCH (n11)<-[r12:MEMBER_OF]-(n12)
            WHERE r12.marking <= $q.open
              AND n12.marking <= $q.open
              AND ((r12.until IS NULL) = $q.p14)
              AND ((r12.since IS NULL) = $q.p15)
              AND (n12.name = $q.p16)
          }
      }
      AND n10.id IS NOT NULL
    WITH n10
    ORDER BY n10.id
    LIMIT $q.p17
    RETURN [n10.id]
  }
] AS data
