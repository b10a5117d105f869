RETURN [COLLECT {
  MATCH (n0:Fact {id: $q.p1})
  WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
    AND (n0.sinceDay IS NULL OR n0.sinceDay <= $q.p0)
    AND (n0.untilDay IS NULL OR n0.untilDay > $q.p0)
    AND n0:Council
  RETURN [
    n0.name,
    n0.rhythm,
    COLLECT {
      MATCH (n0)<-[r1:CHAIRS]-(n1)
      WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
        AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
        AND (r1.sinceDay IS NULL OR r1.sinceDay <= $q.p0)
        AND (r1.untilDay IS NULL OR r1.untilDay > $q.p0)
        AND (n1.sinceDay IS NULL OR n1.sinceDay <= $q.p0)
        AND (n1.untilDay IS NULL OR n1.untilDay > $q.p0)
      WITH n1, r1
      ORDER BY n1.id, r1.id
      LIMIT $q.p2
      RETURN [n1.name, r1.level >= 4 OR n1.level >= 4]
    },
    COUNT {
      MATCH (n0)<-[r2:SITS_ON]-(n2)
      WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
        AND (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
        AND (r2.sinceDay IS NULL OR r2.sinceDay <= $q.p0)
        AND (r2.untilDay IS NULL OR r2.untilDay > $q.p0)
        AND (n2.sinceDay IS NULL OR n2.sinceDay <= $q.p0)
        AND (n2.untilDay IS NULL OR n2.untilDay > $q.p0)
    },
    COLLECT {
      MATCH (n0)<-[r2:SITS_ON]-(n2)
      WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
        AND (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
        AND (r2.sinceDay IS NULL OR r2.sinceDay <= $q.p0)
        AND (r2.untilDay IS NULL OR r2.untilDay > $q.p0)
        AND (n2.sinceDay IS NULL OR n2.sinceDay <= $q.p0)
        AND (n2.untilDay IS NULL OR n2.untilDay > $q.p0)
      WITH n2, r2
      ORDER BY n2.name, n2.id, r2.id
      LIMIT $q.p3
      RETURN [
        r2.since,
        r2.until,
        n2.name,
        COLLECT {
          MATCH (n2)<-[r3:REPRESENTS]-(n3)
          WHERE (r3.level <= $q.openAll OR r3.audience IN $q.audiencesAll)
            AND (n3.level <= $q.openAll OR n3.audience IN $q.audiencesAll)
            AND (r3.sinceDay IS NULL OR r3.sinceDay <= $q.p0)
            AND (r3.untilDay IS NULL OR r3.untilDay > $q.p0)
            AND (n3.sinceDay IS NULL OR n3.sinceDay <= $q.p0)
            AND (n3.untilDay IS NULL OR n3.untilDay > $q.p0)
          WITH n3, r3
          ORDER BY n3.id, r3.id
          LIMIT $q.p4
          RETURN [n3.name, r3.level >= 4 OR n3.level >= 4]
        },
        r2.level >= 4 OR n2.level >= 4
      ]
    },
    EXISTS {
      MATCH (n0)<-[r2:SITS_ON]-(n2)
      WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
        AND (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
        AND (r2.sinceDay IS NULL OR r2.sinceDay <= $q.p0)
        AND (r2.untilDay IS NULL OR r2.untilDay > $q.p0)
        AND (n2.sinceDay IS NULL OR n2.sinceDay <= $q.p0)
        AND (n2.untilDay IS NULL OR n2.untilDay > $q.p0)
        AND (r2.level >= 4 OR n2.level >= 4)
      RETURN n2
    },
    n0.level >= 4
  ]
}] AS data
