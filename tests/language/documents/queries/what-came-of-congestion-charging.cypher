RETURN [COLLECT {
  MATCH (n0:Fact {id: $q.p0})
  WHERE n0:City
  RETURN [
    n0.name,
    COLLECT {
      MATCH (n0)-[r1:MADE]->(n1)
      WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
        AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
        AND EXISTS {
          MATCH (n1)-[r2:USES]->(n2)
          WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
            AND (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
            AND (n2.name CONTAINS $q.p1)
        }
      WITH n1, r1
      ORDER BY n1.sinceDay, n1.id
      LIMIT $q.p2
      RETURN [
        n1.localName,
        n1.status,
        n1.since,
        n1.until,
        COLLECT {
          MATCH (n1)-[r3:LED_TO]->(n3)
          WHERE (r3.level <= $q.openAll OR r3.audience IN $q.audiencesAll)
            AND (n3.level <= $q.openAll OR n3.audience IN $q.audiencesAll)
          WITH n3, r3
          ORDER BY n3.id, r3.id
          LIMIT $q.p3
          RETURN [n3.statement, n3.since, r3.level >= 4 OR n3.level >= 4]
        },
        COLLECT {
          MATCH (n1)<-[r4:TAKEN_ON]-(n4)
          WHERE (r4.level <= $q.openAll OR r4.audience IN $q.audiencesAll)
            AND (n4.level <= $q.openAll OR n4.audience IN $q.audiencesAll)
          WITH n4, r4
          ORDER BY n4.id, r4.id
          LIMIT $q.p4
          RETURN [
            n4.value,
            n4.role,
            head(COLLECT {
              MATCH (n4)-[r5:OF_METRIC]->(n5)
              WHERE (r5.level <= $q.openAll OR r5.audience IN $q.audiencesAll)
                AND (n5.level <= $q.openAll OR n5.audience IN $q.audiencesAll)
              WITH n5, r5
              ORDER BY n5.id, r5.id
              LIMIT 1
              RETURN [n5.name, n5.unit, r5.level >= 4 OR n5.level >= 4]
            }),
            r4.level >= 4 OR n4.level >= 4
          ]
        },
        r1.level >= 4 OR n1.level >= 4
      ]
    }
  ]
}] AS data
