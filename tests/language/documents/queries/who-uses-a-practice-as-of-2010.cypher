RETURN [COLLECT {
  MATCH (n0:Fact {id: $q.p1})
  WHERE n0.level <= $q.open
    AND (n0.sinceDay IS NULL OR n0.sinceDay <= $q.p0)
    AND (n0.untilDay IS NULL OR n0.untilDay > $q.p0)
    AND n0:Practice
  RETURN [
    n0.name,
    COLLECT {
      MATCH (n0)<-[r1:USES]-(n1)
      WHERE r1.level <= $q.open
        AND n1.level <= $q.open
        AND (r1.sinceDay IS NULL OR r1.sinceDay <= $q.p0)
        AND (r1.untilDay IS NULL OR r1.untilDay > $q.p0)
        AND (n1.sinceDay IS NULL OR n1.sinceDay <= $q.p0)
        AND (n1.untilDay IS NULL OR n1.untilDay > $q.p0)
        AND (n1.status IN coalesce($q.p2, []))
        AND NOT EXISTS {
          MATCH (n1)<-[r2:REPLACED]-(n2)
          WHERE r2.level <= $q.open
            AND n2.level <= $q.open
            AND (r2.sinceDay IS NULL OR r2.sinceDay <= $q.p0)
            AND (n2.sinceDay IS NULL OR n2.sinceDay <= $q.p0)
            AND (n2.untilDay IS NULL OR n2.untilDay > $q.p0)
        }
      WITH
        n1,
        r1,
        head(COLLECT {
          MATCH (n1)<-[r3:MADE]-(n3)
          WHERE r3.level <= $q.open
            AND (r3.sinceDay IS NULL OR r3.sinceDay <= $q.p0)
            AND (r3.untilDay IS NULL OR r3.untilDay > $q.p0)
            AND (n3.sinceDay IS NULL OR n3.sinceDay <= $q.p0)
            AND (n3.untilDay IS NULL OR n3.untilDay > $q.p0)
          WITH n3
          ORDER BY n3.id
          LIMIT 1
          RETURN n3.name
        }) AS k1_0
      WITH n1, r1, k1_0
      ORDER BY k1_0, n1.sinceDay, n1.id
      LIMIT $q.p3
      RETURN [
        head(COLLECT {
          MATCH (n1)<-[r4:MADE]-(n4)
          WHERE r4.level <= $q.open
            AND (r4.sinceDay IS NULL OR r4.sinceDay <= $q.p0)
            AND (r4.untilDay IS NULL OR r4.untilDay > $q.p0)
            AND (n4.sinceDay IS NULL OR n4.sinceDay <= $q.p0)
            AND (n4.untilDay IS NULL OR n4.untilDay > $q.p0)
          WITH n4
          ORDER BY n4.id
          LIMIT 1
          RETURN [n4.name]
        }),
        n1.status,
        n1.since,
        COLLECT {
          UNWIND n1.sources AS i5
          MATCH (n5:Fact {id: i5})
          WHERE n5.level <= $q.open
            AND (n5.sinceDay IS NULL OR n5.sinceDay <= $q.p0)
            AND n5:Source
          WITH DISTINCT n5
          ORDER BY n5.id
          LIMIT 100
          RETURN [n5.title, n5.url]
        }
      ]
    }
  ]
}] AS data
