RETURN [COLLECT {
  MATCH (n0:Lesson)
  WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
    AND EXISTS {
      MATCH (n0)-[r1:FROM]->(n1)
      WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
        AND (n1.id = $q.p0)
    }
    AND n0.id IS NOT NULL
  WITH n0
  ORDER BY n0.id
  LIMIT $q.p1
  RETURN [
    head(COLLECT {
      MATCH (n0)<-[r2:LEARNED]-(n2)
      WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
      WITH n2, r2
      ORDER BY n2.id, r2.id
      LIMIT 1
      RETURN [n2.name, r2.level >= 4]
    }),
    n0.statement,
    n0.stage,
    n0.explored,
    n0.acquired,
    n0.utilised,
    n0.internalised,
    n0.confidence,
    n0.level >= 4
  ]
}] AS data
