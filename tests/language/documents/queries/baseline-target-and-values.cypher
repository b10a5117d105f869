RETURN [COLLECT {
  MATCH (n0:Metric)
  WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
    AND EXISTS {
      MATCH (n0)<-[r1:OF_METRIC]-(n1)
      WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
        AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
        AND (n1.role = $q.p0)
    }
    AND n0.name IS NOT NULL
    AND n0.id IS NOT NULL
  WITH n0
  ORDER BY n0.name, n0.id
  LIMIT $q.p1
  RETURN [
    n0.name,
    n0.unit,
    n0.confidence,
    COLLECT {
      MATCH (n0)<-[r2:OF_METRIC]-(n2)
      WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
        AND (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
      WITH n2, r2
      ORDER BY n2.sinceDay, n2.id
      LIMIT $q.p2
      RETURN [n2.role, n2.since, n2.value, r2.level >= 4 OR n2.level >= 4]
    },
    n0.level >= 4
  ]
}] AS data
