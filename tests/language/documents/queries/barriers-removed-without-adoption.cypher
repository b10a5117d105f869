RETURN [COLLECT {
  MATCH (n0:Lesson)
  WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
    AND EXISTS {
      MATCH (n0)-[r1:REMOVED]->(n1)
      WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
        AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
    }
    AND NOT EXISTS {
      MATCH (n0)<-[r2:DREW_ON]-(n2)
      WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
        AND (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
    }
    AND n0.id IS NOT NULL
  WITH n0
  ORDER BY n0.id
  LIMIT $q.p0
  RETURN [
    head(COLLECT {
      MATCH (n0)<-[r3:LEARNED]-(n3)
      WHERE (r3.level <= $q.openAll OR r3.audience IN $q.audiencesAll)
      WITH n3, r3
      ORDER BY n3.id, r3.id
      LIMIT 1
      RETURN [n3.name, r3.level >= 4]
    }),
    COLLECT {
      MATCH (n0)-[r4:FROM]->(n4)
      WHERE (r4.level <= $q.openAll OR r4.audience IN $q.audiencesAll)
      WITH n4, r4
      ORDER BY n4.id, r4.id
      LIMIT $q.p1
      RETURN [n4.name, r4.level >= 4]
    },
    n0.statement,
    COLLECT {
      MATCH (n0)-[r5:REMOVED]->(n5)
      WHERE (r5.level <= $q.openAll OR r5.audience IN $q.audiencesAll)
        AND (n5.level <= $q.openAll OR n5.audience IN $q.audiencesAll)
      WITH n5, r5
      ORDER BY n5.id, r5.id
      LIMIT $q.p2
      RETURN [r5.since, n5.statement, n5.kind, r5.level >= 4 OR n5.level >= 4]
    },
    n0.confidence,
    n0.level >= 4
  ]
}] AS data
