RETURN [
  COLLECT {
    MATCH (n0:Fact {id: $q.p1})
    WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
      AND (n0.sinceDay IS NULL OR n0.sinceDay <= $q.p0)
      AND (n0.untilDay IS NULL OR n0.untilDay > $q.p0)
      AND n0:Organization
    RETURN [
      COLLECT {
        MATCH (n0)<-[r1:MEMBER_OF]-(n1)
        WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
          AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
          AND (r1.sinceDay IS NULL OR r1.sinceDay <= $q.p0)
          AND (r1.untilDay IS NULL OR r1.untilDay > $q.p0)
          AND (n1.sinceDay IS NULL OR n1.sinceDay <= $q.p0)
          AND (n1.untilDay IS NULL OR n1.untilDay > $q.p0)
        WITH n1, r1
        ORDER BY n1.id, r1.id
        LIMIT $q.p2
        RETURN [r1.since, r1.until, n1.id, r1.level >= 4 OR n1.level >= 4]
      },
      n0.level >= 4
    ]
  },
  COLLECT {
    MATCH (n2:Fact {id: $q.p4})
    WHERE (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
      AND (n2.sinceDay IS NULL OR n2.sinceDay <= $q.p3)
      AND (n2.untilDay IS NULL OR n2.untilDay > $q.p3)
      AND n2:Organization
    RETURN [
      COUNT {
        MATCH (n2)<-[r3:MEMBER_OF]-(n3)
        WHERE (r3.level <= $q.openAll OR r3.audience IN $q.audiencesAll)
          AND (n3.level <= $q.openAll OR n3.audience IN $q.audiencesAll)
          AND (r3.sinceDay IS NULL OR r3.sinceDay <= $q.p3)
          AND (r3.untilDay IS NULL OR r3.untilDay > $q.p3)
          AND (n3.sinceDay IS NULL OR n3.sinceDay <= $q.p3)
          AND (n3.untilDay IS NULL OR n3.untilDay > $q.p3)
      },
      COLLECT {
        MATCH (n2)<-[r3:MEMBER_OF]-(n3)
        WHERE (r3.level <= $q.openAll OR r3.audience IN $q.audiencesAll)
          AND (n3.level <= $q.openAll OR n3.audience IN $q.audiencesAll)
          AND (r3.sinceDay IS NULL OR r3.sinceDay <= $q.p3)
          AND (r3.untilDay IS NULL OR r3.untilDay > $q.p3)
          AND (n3.sinceDay IS NULL OR n3.sinceDay <= $q.p3)
          AND (n3.untilDay IS NULL OR n3.untilDay > $q.p3)
        WITH n3, r3
        ORDER BY n3.id, r3.id
        LIMIT $q.p5
        RETURN [n3.id, r3.level >= 4 OR n3.level >= 4]
      },
      EXISTS {
        MATCH (n2)<-[r3:MEMBER_OF]-(n3)
        WHERE (r3.level <= $q.openAll OR r3.audience IN $q.audiencesAll)
          AND (n3.level <= $q.openAll OR n3.audience IN $q.audiencesAll)
          AND (r3.sinceDay IS NULL OR r3.sinceDay <= $q.p3)
          AND (r3.untilDay IS NULL OR r3.untilDay > $q.p3)
          AND (n3.sinceDay IS NULL OR n3.sinceDay <= $q.p3)
          AND (n3.untilDay IS NULL OR n3.untilDay > $q.p3)
          AND (r3.level >= 4 OR n3.level >= 4)
        RETURN n3
      },
      n2.level >= 4
    ]
  },
  COLLECT {
    MATCH (n4:Fact {id: $q.p7})
    WHERE (n4.level <= $q.openAll OR n4.audience IN $q.audiencesAll)
      AND (n4.sinceDay IS NULL OR n4.sinceDay <= $q.p6)
      AND (n4.untilDay IS NULL OR n4.untilDay > $q.p6)
      AND n4:Office
    RETURN [
      COLLECT {
        MATCH (n4)<-[r5:HOLDS]-(n5)
        WHERE (r5.level <= $q.openAll OR r5.audience IN $q.audiencesAll)
          AND (n5.level <= $q.openAll OR n5.audience IN $q.audiencesAll)
          AND (r5.sinceDay IS NULL OR r5.sinceDay <= $q.p6)
          AND (r5.untilDay IS NULL OR r5.untilDay > $q.p6)
          AND (n5.sinceDay IS NULL OR n5.sinceDay <= $q.p6)
          AND (n5.untilDay IS NULL OR n5.untilDay > $q.p6)
        WITH n5, r5
        ORDER BY n5.id, r5.id
        LIMIT $q.p8
        RETURN [n5.name, r5.level >= 4 OR n5.level >= 4]
      },
      n4.level >= 4
    ]
  },
  COLLECT {
    MATCH (n6:Fact {id: $q.p10})
    WHERE (n6.level <= $q.openAll OR n6.audience IN $q.audiencesAll)
      AND (n6.sinceDay IS NULL OR n6.sinceDay <= $q.p9)
      AND (n6.untilDay IS NULL OR n6.untilDay > $q.p9)
      AND n6:Office
    RETURN [
      COLLECT {
        MATCH (n6)<-[r7:HOLDS]-(n7)
        WHERE (r7.level <= $q.openAll OR r7.audience IN $q.audiencesAll)
          AND (n7.level <= $q.openAll OR n7.audience IN $q.audiencesAll)
          AND (r7.sinceDay IS NULL OR r7.sinceDay <= $q.p9)
          AND (r7.untilDay IS NULL OR r7.untilDay > $q.p9)
          AND (n7.sinceDay IS NULL OR n7.sinceDay <= $q.p9)
          AND (n7.untilDay IS NULL OR n7.untilDay > $q.p9)
        WITH n7, r7
        ORDER BY n7.id, r7.id
        LIMIT $q.p11
        RETURN [n7.name, r7.level >= 4 OR n7.level >= 4]
      },
      n6.level >= 4
    ]
  },
  COLLECT {
    MATCH (n8:Visit)
    WHERE (n8.level <= $q.openAll OR n8.audience IN $q.audiencesAll)
      AND (n8.sinceDay IS NULL OR n8.sinceDay <= $q.p12)
      AND (n8.id IN coalesce($q.p13, []))
      AND n8.id IS NOT NULL
    WITH n8
    ORDER BY n8.id
    LIMIT $q.p14
    RETURN [n8.id, n8.since, n8.level >= 4]
  }
] AS data
