RETURN [COLLECT {
  MATCH (n0:Fact {id: $q.p0})
  WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
    AND n0:Visit
  RETURN [
    n0.title,
    n0.since,
    n0.confidence,
    COLLECT {
      MATCH (n0)<-[r1:GAINED_ON]-(n1)
      WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
        AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
      WITH n1, r1
      ORDER BY n1.id, r1.id
      LIMIT $q.p1
      RETURN [
        n1.statement,
        n1.stage,
        COLLECT {
          MATCH (n1)<-[r2:DREW_ON]-(n2)
          WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
            AND (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
          WITH n2, r2
          ORDER BY n2.id, r2.id
          LIMIT $q.p2
          RETURN [
            n2.localName,
            n2.status,
            n2.since,
            n2.until,
            COLLECT {
              MATCH (n2)-[r3:LED_TO]->(n3)
              WHERE (r3.level <= $q.openAll OR r3.audience IN $q.audiencesAll)
                AND (n3.level <= $q.openAll OR n3.audience IN $q.audiencesAll)
              WITH n3, r3
              ORDER BY n3.id, r3.id
              LIMIT $q.p3
              RETURN [n3.statement, n3.since, n3.confidence, r3.level >= 4 OR n3.level >= 4]
            },
            r2.level >= 4 OR n2.level >= 4
          ]
        },
        r1.level >= 4 OR n1.level >= 4
      ]
    },
    n0.level >= 4
  ]
}] AS data
