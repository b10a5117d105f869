RETURN [COLLECT {
  MATCH (n0:Lesson)
  WHERE (n0.marking <= $q.open OR n0.audience IN $q.audiences)
    AND EXISTS {
      MATCH (n0)-[r1:REMOVED]->(n1)
      WHERE (r1.marking <= $q.open OR r1.audience IN $q.audiences)
        AND (n1.marking <= $q.open OR n1.audience IN $q.audiences)
    }
    AND NOT EXISTS {
      MATCH (n0)<-[r2:DREW_ON]-(n2)
      WHERE (r2.marking <= $q.open OR r2.audience IN $q.audiences)
        AND (n2.marking <= $q.open OR n2.audience IN $q.audiences)
    }
    AND n0.id IS NOT NULL
  WITH n0
  ORDER BY n0.id
  LIMIT $q.p0
  RETURN [
    head(COLLECT {
      MATCH (n0)<-[r3:LEARNED]-(n3)
      WHERE (r3.marking <= $q.open OR r3.audience IN $q.audiences)
      WITH n3
      ORDER BY n3.id
      LIMIT 1
      RETURN [n3.name]
    }),
    COLLECT {
      MATCH (n0)-[r4:FROM]->(n4)
      WHERE (r4.marking <= $q.open OR r4.audience IN $q.audiences)
      WITH n4, r4
      ORDER BY n4.id, r4.id
      LIMIT $q.p1
      RETURN [n4.name]
    },
    n0.statement,
    COLLECT {
      MATCH (n0)-[r5:REMOVED]->(n5)
      WHERE (r5.marking <= $q.open OR r5.audience IN $q.audiences)
        AND (n5.marking <= $q.open OR n5.audience IN $q.audiences)
      WITH n5, r5
      ORDER BY n5.id, r5.id
      LIMIT $q.p2
      RETURN [r5.since, n5.statement, n5.kind]
    },
    n0.confidence
  ]
}] AS data
