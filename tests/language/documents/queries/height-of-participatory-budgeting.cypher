RETURN [
  head(COLLECT {
    MATCH (n0:Measurement)
    WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
      AND EXISTS {
        MATCH (n0)-[r1:OF_METRIC]->(n1)
        WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
          AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
          AND (n1.id = $q.p0)
      }
    WITH n0
    ORDER BY n0.id
    RETURN [
      count(*),
      min(n0.value),
      toString(min(n0.sinceDay)),
      max(n0.value),
      toString(max(n0.sinceDay)),
      [count(n0.value), sum(n0.value)]
    ]
  }),
  EXISTS {
    MATCH (n0:Measurement)
    WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
      AND EXISTS {
        MATCH (n0)-[r1:OF_METRIC]->(n1)
        WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
          AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
          AND (n1.id = $q.p0)
      }
      AND (n0.level >= 4)
    RETURN n0
  }
] AS data
