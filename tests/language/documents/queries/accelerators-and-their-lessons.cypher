RETURN [COLLECT {
  MATCH (n0:Event)
  WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
    AND (n0.kind = $q.p0)
    AND n0.id IS NOT NULL
  WITH n0
  ORDER BY n0.id
  LIMIT $q.p1
  RETURN [
    n0.name,
    n0.since,
    n0.until,
    COLLECT {
      MATCH (n0)-[r1:HELD_IN]->(n1)
      WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
      WITH n1, r1
      ORDER BY n1.id, r1.id
      LIMIT $q.p2
      RETURN [n1.name, r1.level >= 4]
    },
    COLLECT {
      MATCH (n0)<-[r2:ORGANIZED]-(n2)
      WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
        AND (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
      WITH n2, r2
      ORDER BY n2.id, r2.id
      LIMIT $q.p3
      RETURN [n2.name, r2.level >= 4 OR n2.level >= 4]
    },
    n0.citiesAttending,
    COUNT {
      MATCH (n0)<-[r3:ATTENDED]-(n3)
      WHERE (r3.level <= $q.openAll OR r3.audience IN $q.audiencesAll)
    },
    COLLECT {
      MATCH (n0)<-[r3:ATTENDED]-(n3)
      WHERE (r3.level <= $q.openAll OR r3.audience IN $q.audiencesAll)
      WITH n3, r3
      ORDER BY n3.id, r3.id
      LIMIT $q.p4
      RETURN [n3.name, r3.level >= 4]
    },
    COLLECT {
      MATCH (n0)<-[r4:GAINED_ON]-(n4)
      WHERE (r4.level <= $q.openAll OR r4.audience IN $q.audiencesAll)
        AND (n4.level <= $q.openAll OR n4.audience IN $q.audiencesAll)
      WITH n4, r4
      ORDER BY n4.id, r4.id
      LIMIT $q.p5
      RETURN [
        n4.statement,
        head(COLLECT {
          MATCH (n4)<-[r5:LEARNED]-(n5)
          WHERE (r5.level <= $q.openAll OR r5.audience IN $q.audiencesAll)
          WITH n5, r5
          ORDER BY n5.id, r5.id
          LIMIT 1
          RETURN [n5.name, r5.level >= 4]
        }),
        r4.level >= 4 OR n4.level >= 4
      ]
    },
    EXISTS {
      MATCH (n0)<-[r3:ATTENDED]-(n3)
      WHERE (r3.level <= $q.openAll OR r3.audience IN $q.audiencesAll)
        AND (r3.level >= 4)
      RETURN n3
    },
    n0.level >= 4
  ]
}] AS data
