RETURN [COLLECT {
  MATCH (n0:Lesson)
  WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
    AND (n0.sinceDay IS NULL OR n0.sinceDay <= $q.p0)
    AND (n0.form = $q.p1)
    AND (COUNT {
      MATCH (n0)-[r1:HELD_BY]->(n1)
      WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
        AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
        AND (r1.sinceDay IS NULL OR r1.sinceDay <= $q.p0)
        AND (r1.untilDay IS NULL OR r1.untilDay > $q.p0)
        AND (n1.sinceDay IS NULL OR n1.sinceDay <= $q.p0)
        AND (n1.untilDay IS NULL OR n1.untilDay > $q.p0)
    } = $q.p2)
    AND NOT EXISTS {
      MATCH (n0)-[r2:HELD_BY]->(n2)
      WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
        AND (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
        AND (r2.sinceDay IS NULL OR r2.sinceDay <= $q.p0)
        AND (r2.untilDay IS NULL OR r2.untilDay > $q.p0)
        AND (n2.sinceDay IS NULL OR n2.sinceDay <= $q.p0)
        AND (n2.untilDay IS NULL OR n2.untilDay > $q.p0)
        AND NOT (coalesce(head([l IN labels(n2) WHERE l <> 'Fact']) = $q.p3, false))
    }
    AND NOT EXISTS {
      MATCH (n0)-[r3:KEPT_IN]->(n3)
      WHERE (r3.level <= $q.openAll OR r3.audience IN $q.audiencesAll)
        AND (n3.level <= $q.openAll OR n3.audience IN $q.audiencesAll)
        AND (r3.sinceDay IS NULL OR r3.sinceDay <= $q.p0)
        AND (r3.untilDay IS NULL OR r3.untilDay > $q.p0)
        AND (n3.sinceDay IS NULL OR n3.sinceDay <= $q.p0)
        AND (n3.untilDay IS NULL OR n3.untilDay > $q.p0)
    }
    AND n0.id IS NOT NULL
  WITH n0
  ORDER BY n0.id
  LIMIT $q.p4
  RETURN [
    head(COLLECT {
      MATCH (n0)<-[r4:LEARNED]-(n4)
      WHERE (r4.level <= $q.openAll OR r4.audience IN $q.audiencesAll)
        AND (r4.sinceDay IS NULL OR r4.sinceDay <= $q.p0)
        AND (n4.sinceDay IS NULL OR n4.sinceDay <= $q.p0)
        AND (n4.untilDay IS NULL OR n4.untilDay > $q.p0)
      WITH n4, r4
      ORDER BY n4.id, r4.id
      LIMIT 1
      RETURN [n4.name, r4.level >= 4]
    }),
    n0.statement,
    COLLECT {
      MATCH (n0)-[r5:HELD_BY]->(n5)
      WHERE (r5.level <= $q.openAll OR r5.audience IN $q.audiencesAll)
        AND (n5.level <= $q.openAll OR n5.audience IN $q.audiencesAll)
        AND (r5.sinceDay IS NULL OR r5.sinceDay <= $q.p0)
        AND (r5.untilDay IS NULL OR r5.untilDay > $q.p0)
        AND (n5.sinceDay IS NULL OR n5.sinceDay <= $q.p0)
        AND (n5.untilDay IS NULL OR n5.untilDay > $q.p0)
      WITH n5, r5
      ORDER BY n5.id, r5.id
      LIMIT $q.p5
      RETURN [n5.name, r5.level >= 4 OR n5.level >= 4]
    },
    COLLECT {
      MATCH (n0)-[r6:FROM]->(n6)
      WHERE (r6.level <= $q.openAll OR r6.audience IN $q.audiencesAll)
        AND (r6.sinceDay IS NULL OR r6.sinceDay <= $q.p0)
        AND (n6.sinceDay IS NULL OR n6.sinceDay <= $q.p0)
        AND (n6.untilDay IS NULL OR n6.untilDay > $q.p0)
      WITH n6, r6
      ORDER BY n6.id, r6.id
      LIMIT $q.p6
      RETURN [n6.name, r6.level >= 4]
    },
    n0.since,
    n0.confidence,
    n0.level >= 4
  ]
}] AS data
