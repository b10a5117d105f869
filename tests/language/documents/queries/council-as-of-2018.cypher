RETURN [COLLECT {
  MATCH (n0:Council)
  WHERE n0.level <= $q.open
    AND (n0.sinceDay IS NULL OR n0.sinceDay <= $q.p0)
    AND (n0.untilDay IS NULL OR n0.untilDay > $q.p0)
    AND EXISTS {
      MATCH (n0)-[r1:COUNCIL_OF]->(n1)
      WHERE r1.level <= $q.open
        AND (r1.sinceDay IS NULL OR r1.sinceDay <= $q.p0)
        AND (r1.untilDay IS NULL OR r1.untilDay > $q.p0)
        AND (n1.sinceDay IS NULL OR n1.sinceDay <= $q.p0)
        AND (n1.untilDay IS NULL OR n1.untilDay > $q.p0)
        AND (n1.name = $q.p1)
    }
    AND n0.id IS NOT NULL
  WITH n0
  ORDER BY n0.id
  LIMIT $q.p2
  RETURN [
    n0.name,
    n0.rhythm,
    COUNT {
      MATCH (n0)<-[r2:SITS_ON]-(n2)
      WHERE r2.level <= $q.open
        AND n2.level <= $q.open
        AND (r2.sinceDay IS NULL OR r2.sinceDay <= $q.p0)
        AND (r2.untilDay IS NULL OR r2.untilDay > $q.p0)
        AND (n2.sinceDay IS NULL OR n2.sinceDay <= $q.p0)
        AND (n2.untilDay IS NULL OR n2.untilDay > $q.p0)
    },
    COLLECT {
      MATCH (n0)<-[r2:SITS_ON]-(n2)
      WHERE r2.level <= $q.open
        AND n2.level <= $q.open
        AND (r2.sinceDay IS NULL OR r2.sinceDay <= $q.p0)
        AND (r2.untilDay IS NULL OR r2.untilDay > $q.p0)
        AND (n2.sinceDay IS NULL OR n2.sinceDay <= $q.p0)
        AND (n2.untilDay IS NULL OR n2.untilDay > $q.p0)
      WITH n2, r2
      ORDER BY n2.id, r2.id
      LIMIT $q.p3
      RETURN [r2.since, n2.name, n2.kind]
    }
  ]
}] AS data
