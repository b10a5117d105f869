RETURN [COLLECT {
  MATCH (n0:Lesson)
  WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
    AND EXISTS {
      MATCH (n0)-[r1:FROM]->(n1)
      WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
        AND (n1.name = $q.p0)
    }
    AND EXISTS {
      MATCH (n0)-[r2:ABOUT]->(n2:Topic)
      WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
        AND (n2.id = $q.p1)
    }
    AND n0.id IS NOT NULL
  WITH n0
  ORDER BY n0.id
  LIMIT $q.p2
  RETURN [
    head(COLLECT {
      MATCH (n0)<-[r3:LEARNED]-(n3)
      WHERE (r3.level <= $q.openAll OR r3.audience IN $q.audiencesAll)
      WITH n3, r3
      ORDER BY n3.id, r3.id
      LIMIT 1
      RETURN [
        n3.name,
        head(COLLECT {
          MATCH (n3)-[r4:IN_COUNTRY]->(n4)
          WITH n4
          ORDER BY n4.id
          LIMIT 1
          RETURN [n4.name]
        }),
        r3.level >= 4
      ]
    }),
    n0.since,
    COLLECT {
      MATCH (n0)-[r5:GAINED_ON]->(n5)
      WHERE (r5.level <= $q.openAll OR r5.audience IN $q.audiencesAll)
        AND (n5.level <= $q.openAll OR n5.audience IN $q.audiencesAll)
      WITH n5, r5
      ORDER BY n5.id, r5.id
      LIMIT $q.p3
      RETURN [
        head([l IN labels(n5) WHERE l <> 'Fact']),
        CASE WHEN n5:Visit THEN [n5.title, n5.since] END,
        r5.level >= 4 OR n5.level >= 4
      ]
    },
    COLLECT {
      MATCH (n0)<-[r6:DREW_ON]-(n6)
      WHERE (r6.level <= $q.openAll OR r6.audience IN $q.audiencesAll)
        AND (n6.level <= $q.openAll OR n6.audience IN $q.audiencesAll)
      WITH n6, r6
      ORDER BY n6.id, r6.id
      LIMIT $q.p4
      RETURN [
        head(COLLECT {
          MATCH (n6)-[r7:USES]->(n7)
          WHERE (r7.level <= $q.openAll OR r7.audience IN $q.audiencesAll)
            AND (n7.level <= $q.openAll OR n7.audience IN $q.audiencesAll)
          WITH n7, r7
          ORDER BY n7.id, r7.id
          LIMIT 1
          RETURN [n7.name, r7.level >= 4 OR n7.level >= 4]
        }),
        n6.since,
        [
          COLLECT {
            MATCH (n6)-[r8:DREW_ON]->(n8)
            WHERE (r8.level <= $q.openAll OR r8.audience IN $q.audiencesAll)
              AND (n8.level <= $q.openAll OR n8.audience IN $q.audiencesAll)
              AND n8.since IS NOT NULL
            WITH DISTINCT n8
            ORDER BY n8.id
            LIMIT 100
            RETURN n8.since
          },
          [d IN [n6.since] WHERE d IS NOT NULL],
          COLLECT {
            MATCH (n6)-[r9:LED_TO]->(n9)
            WHERE (r9.level <= $q.openAll OR r9.audience IN $q.audiencesAll)
              AND (n9.level <= $q.openAll OR n9.audience IN $q.audiencesAll)
              AND n9.statedLagYears IS NOT NULL
            WITH DISTINCT n9
            ORDER BY n9.id
            LIMIT 100
            RETURN n9.statedLagYears
          }
        ],
        r6.level >= 4 OR n6.level >= 4
      ]
    },
    COLLECT {
      MATCH (n0)-[r10:REMOVED]->(n10)
      WHERE (r10.level <= $q.openAll OR r10.audience IN $q.audiencesAll)
        AND (n10.level <= $q.openAll OR n10.audience IN $q.audiencesAll)
      WITH n10, r10
      ORDER BY n10.id, r10.id
      LIMIT $q.p5
      RETURN [n10.statement, n10.kind, r10.level >= 4 OR n10.level >= 4]
    },
    n0.level >= 4
  ]
}] AS data
