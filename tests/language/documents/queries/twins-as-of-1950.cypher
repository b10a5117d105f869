RETURN [COLLECT {
  MATCH (n0:City)
  WHERE (n0.sinceDay IS NULL OR n0.sinceDay <= $q.p0)
    AND (n0.untilDay IS NULL OR n0.untilDay > $q.p0)
    AND EXISTS {
      MATCH (n0)-[r1:TWINNED_WITH]-(n1)
      WHERE r1.level <= $q.open
        AND (r1.sinceDay IS NULL OR r1.sinceDay <= $q.p0)
        AND (r1.untilDay IS NULL OR r1.untilDay > $q.p0)
        AND (n1.sinceDay IS NULL OR n1.sinceDay <= $q.p0)
        AND (n1.untilDay IS NULL OR n1.untilDay > $q.p0)
        AND ((r1.since IS NULL) = $q.p1)
    }
    AND n0.name IS NOT NULL
    AND n0.id IS NOT NULL
  WITH n0
  ORDER BY n0.name, n0.id
  LIMIT $q.p2
  RETURN [
    n0.name,
    COLLECT {
      MATCH (n0)-[r2:TWINNED_WITH]-(n2)
      WHERE r2.level <= $q.open
        AND (r2.sinceDay IS NULL OR r2.sinceDay <= $q.p0)
        AND (r2.untilDay IS NULL OR r2.untilDay > $q.p0)
        AND (n2.sinceDay IS NULL OR n2.sinceDay <= $q.p0)
        AND (n2.untilDay IS NULL OR n2.untilDay > $q.p0)
        AND ((r2.since IS NULL) = $q.p3)
      WITH n2, r2
      ORDER BY n2.id, r2.id
      LIMIT $q.p4
      RETURN [
        r2.kind,
        r2.since,
        n2.name,
        head(COLLECT {
          MATCH (n2)-[r3:IN_COUNTRY]->(n3)
          WHERE (r3.sinceDay IS NULL OR r3.sinceDay <= $q.p0)
            AND (r3.untilDay IS NULL OR r3.untilDay > $q.p0)
            AND (n3.sinceDay IS NULL OR n3.sinceDay <= $q.p0)
            AND (n3.untilDay IS NULL OR n3.untilDay > $q.p0)
          WITH n3
          ORDER BY n3.id
          LIMIT 1
          RETURN [n3.isoCode]
        })
      ]
    }
  ]
}] AS data
