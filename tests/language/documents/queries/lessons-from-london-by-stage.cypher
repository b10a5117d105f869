RETURN [COLLECT {
  MATCH (n0:Lesson)
  WHERE (n0.marking <= $q.open OR n0.audience IN $q.audiences)
    AND EXISTS {
      MATCH (n0)-[r1:FROM]->(n1)
      WHERE (r1.marking <= $q.open OR r1.audience IN $q.audiences)
        AND (n1.id = $q.p0)
    }
    AND n0.id IS NOT NULL
  WITH n0
  ORDER BY n0.id
  LIMIT $q.p1
  RETURN [
    head(COLLECT {
      MATCH (n0)<-[r2:LEARNED]-(n2)
      WHERE (r2.marking <= $q.open OR r2.audience IN $q.audiences)
      WITH n2
      ORDER BY n2.id
      LIMIT 1
      RETURN [n2.name]
    }),
    n0.statement,
    n0.stage,
    n0.explored,
    n0.acquired,
    n0.utilised,
    n0.internalised,
    n0.confidence
  ]
}] AS data
