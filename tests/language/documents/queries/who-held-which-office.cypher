RETURN [COLLECT {
  MATCH (n0:Office)
  WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
    AND (n0.sinceDay IS NULL OR n0.sinceDay <= $q.p0)
    AND (n0.untilDay IS NULL OR n0.untilDay > $q.p0)
    AND EXISTS {
      MATCH (n0)-[r1:OFFICE_OF]->(n1)
      WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
        AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
        AND (r1.sinceDay IS NULL OR r1.sinceDay <= $q.p0)
        AND (r1.untilDay IS NULL OR r1.untilDay > $q.p0)
        AND (n1.sinceDay IS NULL OR n1.sinceDay <= $q.p0)
        AND (n1.untilDay IS NULL OR n1.untilDay > $q.p0)
        AND (n1.id = $q.p1)
    }
    AND n0.name IS NOT NULL
    AND n0.id IS NOT NULL
  WITH n0
  ORDER BY n0.name, n0.id
  LIMIT $q.p2
  RETURN [
    n0.name,
    n0.selection,
    n0.confidence,
    COLLECT {
      MATCH (n0)<-[r2:HOLDS]-(n2)
      WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
        AND (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
        AND (r2.sinceDay IS NULL OR r2.sinceDay <= $q.p0)
        AND (r2.untilDay IS NULL OR r2.untilDay > $q.p0)
        AND (n2.sinceDay IS NULL OR n2.sinceDay <= $q.p0)
        AND (n2.untilDay IS NULL OR n2.untilDay > $q.p0)
      WITH n2, r2
      ORDER BY n2.id, r2.id
      LIMIT $q.p3
      RETURN [r2.since, r2.until, n2.name, r2.level >= 4 OR n2.level >= 4]
    },
    n0.level >= 4
  ]
}] AS data
