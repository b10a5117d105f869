RETURN [
  COLLECT {
    MATCH (n0:Fact {id: $q.p0})
    WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
      AND n0:Organization
    RETURN [n0.name, n0.level >= 4]
  },
  COUNT {
    MATCH (n1:Person)
    WHERE (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
      AND (n1.id IN coalesce($q.p1, []))
      AND (COUNT {
        MATCH (n1)-[r2:MEMBER_OF]->(n2)
        WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
          AND (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
      } >= $q.p2)
  },
  COLLECT {
    MATCH (n1:Person)
    WHERE (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
      AND (n1.id IN coalesce($q.p1, []))
      AND (COUNT {
        MATCH (n1)-[r2:MEMBER_OF]->(n2)
        WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
          AND (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
      } >= $q.p2)
      AND n1.id IS NOT NULL
    WITH n1
    ORDER BY n1.id
    LIMIT $q.p3
    RETURN [
      n1.name,
      COUNT {
        MATCH (n1)-[r3:MEMBER_OF]->(n3)
        WHERE (r3.level <= $q.openAll OR r3.audience IN $q.audiencesAll)
          AND (n3.level <= $q.openAll OR n3.audience IN $q.audiencesAll)
      },
      COLLECT {
        MATCH (n1)-[r3:MEMBER_OF]->(n3)
        WHERE (r3.level <= $q.openAll OR r3.audience IN $q.audiencesAll)
          AND (n3.level <= $q.openAll OR n3.audience IN $q.audiencesAll)
        WITH n3, r3
        ORDER BY n3.id, r3.id
        LIMIT $q.p4
        RETURN [n3.name, r3.level >= 4 OR n3.level >= 4]
      },
      EXISTS {
        MATCH (n1)-[r3:MEMBER_OF]->(n3)
        WHERE (r3.level <= $q.openAll OR r3.audience IN $q.audiencesAll)
          AND (n3.level <= $q.openAll OR n3.audience IN $q.audiencesAll)
          AND (r3.level >= 4 OR n3.level >= 4)
        RETURN n3
      },
      n1.level >= 4
    ]
  },
  COLLECT {
    MATCH (n4:Fact {id: $q.p5})
    WHERE (n4.level <= $q.openAll OR n4.audience IN $q.audiencesAll)
    RETURN [n4.id, n4.level >= 4]
  },
  COLLECT {
    MATCH (n5:Fact {id: $q.p6})
    WHERE (n5.level <= $q.openAll OR n5.audience IN $q.audiencesAll)
      AND n5:Person
    RETURN [
      COUNT {
        MATCH (n5)<-[r6:TRUSTS]-(n6)
        WHERE (r6.level <= $q.openAll OR r6.audience IN $q.audiencesAll)
          AND (n6.level <= $q.openAll OR n6.audience IN $q.audiencesAll)
      },
      COUNT {
        MATCH (n5)-[r7:TRUSTS]->(n7)
        WHERE (r7.level <= $q.openAll OR r7.audience IN $q.audiencesAll)
          AND (n7.level <= $q.openAll OR n7.audience IN $q.audiencesAll)
      },
      COLLECT {
        MATCH (n5)-[r7:TRUSTS]->(n7)
        WHERE (r7.level <= $q.openAll OR r7.audience IN $q.audiencesAll)
          AND (n7.level <= $q.openAll OR n7.audience IN $q.audiencesAll)
        WITH n7, r7
        ORDER BY n7.id, r7.id
        LIMIT $q.p8
        RETURN [r7.marking, n7.id, r7.level >= 4 OR n7.level >= 4]
      },
      EXISTS {
        MATCH (n5)<-[r6:TRUSTS]-(n6)
        WHERE (r6.level <= $q.openAll OR r6.audience IN $q.audiencesAll)
          AND (n6.level <= $q.openAll OR n6.audience IN $q.audiencesAll)
          AND (r6.level >= 4 OR n6.level >= 4)
        RETURN n6
      },
      EXISTS {
        MATCH (n5)-[r7:TRUSTS]->(n7)
        WHERE (r7.level <= $q.openAll OR r7.audience IN $q.audiencesAll)
          AND (n7.level <= $q.openAll OR n7.audience IN $q.audiencesAll)
          AND (r7.level >= 4 OR n7.level >= 4)
        RETURN n7
      },
      n5.level >= 4
    ]
  },
  EXISTS {
    MATCH (n1:Person)
    WHERE (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
      AND (n1.id IN coalesce($q.p1, []))
      AND (COUNT {
        MATCH (n1)-[r2:MEMBER_OF]->(n2)
        WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
          AND (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
      } >= $q.p2)
      AND (n1.level >= 4)
    RETURN n1
  }
] AS data
