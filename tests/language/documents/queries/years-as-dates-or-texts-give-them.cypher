RETURN [COLLECT {
  MATCH (n0:Lesson)
  WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
    AND EXISTS {
      MATCH (n0)<-[r1:LEARNED]-(n1)
      WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
        AND (n1.id IN coalesce($q.p0, []))
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
    [
      [d IN [n0.since] WHERE d IS NOT NULL],
      COLLECT {
        MATCH (n0)<-[r3:DREW_ON]-(n3)
        WHERE (r3.level <= $q.openAll OR r3.audience IN $q.audiencesAll)
          AND (n3.level <= $q.openAll OR n3.audience IN $q.audiencesAll)
          AND n3.since IS NOT NULL
        WITH DISTINCT n3
        ORDER BY n3.id
        LIMIT 100
        RETURN n3.since
      },
      COLLECT {
        MATCH (n0)<-[r4:DREW_ON]-(n4), (n4)-[r5:LED_TO]->(n5)
        WHERE (r4.level <= $q.openAll OR r4.audience IN $q.audiencesAll)
          AND (n4.level <= $q.openAll OR n4.audience IN $q.audiencesAll)
          AND (r5.level <= $q.openAll OR r5.audience IN $q.audiencesAll)
          AND (n5.level <= $q.openAll OR n5.audience IN $q.audiencesAll)
          AND n5.statedLagYears IS NOT NULL
        WITH DISTINCT n5
        ORDER BY n5.id
        LIMIT 100
        RETURN n5.statedLagYears
      }
    ],
    COLLECT {
      UNWIND n0.sources AS i6
      MATCH (n6:Fact {id: i6})
      WHERE (n6.level <= $q.openAll OR n6.audience IN $q.audiencesAll)
        AND n6:Source
      WITH DISTINCT n6
      ORDER BY n6.id
      LIMIT 100
      RETURN [n6.title, n6.level >= 4]
    },
    n0.level >= 4
  ]
}] AS data
