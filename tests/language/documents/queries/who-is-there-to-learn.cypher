RETURN [COLLECT {
  MATCH (n0:Organization)
  WHERE n0.level <= $q.open
    AND (n0.sinceDay IS NULL OR n0.sinceDay <= $q.p0)
    AND (n0.untilDay IS NULL OR n0.untilDay > $q.p0)
    AND (n0.learningMandate = $q.p1)
    AND n0.name IS NOT NULL
    AND n0.id IS NOT NULL
  WITH n0
  ORDER BY n0.name, n0.id
  LIMIT $q.p2
  RETURN [
    n0.name,
    n0.kind,
    n0.since,
    COLLECT {
      MATCH (n0)-[r1:BASED_IN]->(n1)
      WHERE r1.level <= $q.open
        AND (r1.sinceDay IS NULL OR r1.sinceDay <= $q.p0)
        AND (r1.untilDay IS NULL OR r1.untilDay > $q.p0)
        AND (n1.sinceDay IS NULL OR n1.sinceDay <= $q.p0)
        AND (n1.untilDay IS NULL OR n1.untilDay > $q.p0)
      WITH n1, r1
      ORDER BY n1.id, r1.id
      LIMIT $q.p3
      RETURN [n1.name]
    },
    n0.confidence
  ]
}] AS data
