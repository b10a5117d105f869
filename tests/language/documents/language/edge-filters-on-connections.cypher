RETURN [
  COLLECT {
    MATCH (n0:Fact {id: $q.p0})
    WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
      AND n0:Person
    RETURN [
      COUNT {
        MATCH (n0)-[r1:TRUSTS]->(n1)
        WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
          AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
          AND (r1.strength >= $q.p1)
      },
      COLLECT {
        MATCH (n0)-[r1:TRUSTS]->(n1)
        WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
          AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
          AND (r1.strength >= $q.p1)
        WITH n1, r1
        ORDER BY n1.id, r1.id
        LIMIT $q.p2
        RETURN [r1.strength, n1.id, r1.level >= 4 OR n1.level >= 4]
      },
      EXISTS {
        MATCH (n0)-[r1:TRUSTS]->(n1)
        WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
          AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
          AND (r1.strength >= $q.p1)
          AND (r1.level >= 4 OR n1.level >= 4)
        RETURN n1
      },
      n0.level >= 4
    ]
  },
  COLLECT {
    MATCH (n2:Fact {id: $q.p3})
    WHERE (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
      AND n2:Person
    RETURN [
      COLLECT {
        MATCH (n2)-[r3:TRUSTS]->(n3)
        WHERE (r3.level <= $q.openAll OR r3.audience IN $q.audiencesAll)
          AND (n3.level <= $q.openAll OR n3.audience IN $q.audiencesAll)
          AND (n3.name = $q.p4)
          AND (r3.strength < $q.p5)
        WITH n3, r3
        ORDER BY n3.id, r3.id
        LIMIT $q.p6
        RETURN [r3.strength, r3.level >= 4 OR n3.level >= 4]
      },
      n2.level >= 4
    ]
  },
  COLLECT {
    MATCH (n4:Fact {id: $q.p7})
    WHERE (n4.level <= $q.openAll OR n4.audience IN $q.audiencesAll)
      AND n4:Person
    RETURN [
      COLLECT {
        MATCH (n4)-[r5:TRUSTS]->(n5)
        WHERE (r5.level <= $q.openAll OR r5.audience IN $q.audiencesAll)
          AND (n5.level <= $q.openAll OR n5.audience IN $q.audiencesAll)
          AND ((r5.strength = $q.p8) OR (NOT coalesce(r5.strength <= $q.p9, false) AND (n5.name = $q.p10)))
        WITH n5, r5
        ORDER BY n5.id, r5.id
        LIMIT $q.p11
        RETURN [n5.id, r5.level >= 4 OR n5.level >= 4]
      },
      n4.level >= 4
    ]
  },
  COLLECT {
    MATCH (n6:Fact {id: $q.p12})
    WHERE (n6.level <= $q.openAll OR n6.audience IN $q.audiencesAll)
      AND n6:Person
    RETURN [
      COLLECT {
        MATCH (n6)-[r7:TRUSTS]->(n7)
        WHERE (r7.level <= $q.openAll OR r7.audience IN $q.audiencesAll)
          AND (n7.level <= $q.openAll OR n7.audience IN $q.audiencesAll)
          AND NOT coalesce(r7.frequency > $q.p13, false)
        WITH n7, r7
        ORDER BY n7.name, coalesce(r7.strength, -4611686018427387904) DESC, r7.id DESC
        LIMIT $q.p14
        RETURN [r7.frequency, r7.level >= 4 OR n7.level >= 4]
      },
      n6.level >= 4
    ]
  }
] AS data
