RETURN [COLLECT {
  MATCH (n0:Lesson)
  WHERE n0.level <= $q.open
    AND EXISTS {
      MATCH (n0)-[r1:FROM]->(n1)
      WHERE r1.level <= $q.open
        AND (n1.name = $q.p0)
    }
    AND EXISTS {
      MATCH (n0)-[r2:ABOUT]->(n2:Topic)
      WHERE r2.level <= $q.open
        AND (n2.id = $q.p1)
    }
    AND n0.id IS NOT NULL
  WITH n0
  ORDER BY n0.id
  LIMIT $q.p2
  RETURN [
    head(COLLECT {
      MATCH (n0)<-[r3:LEARNED]-(n3)
      WHERE r3.level <= $q.open
      WITH n3
      ORDER BY n3.id
      LIMIT 1
      RETURN [
        n3.name,
        head(COLLECT {
          MATCH (n3)-[r4:IN_COUNTRY]->(n4)
          WITH n4
          ORDER BY n4.id
          LIMIT 1
          RETURN [n4.name]
        })
      ]
    }),
    n0.since,
    COLLECT {
      MATCH (n0)-[r5:GAINED_ON]->(n5)
      WHERE r5.level <= $q.open
        AND n5.level <= $q.open
      WITH n5, r5
      ORDER BY n5.id, r5.id
      LIMIT $q.p3
      RETURN [head([l IN labels(n5) WHERE l <> 'Fact']), CASE WHEN n5:Visit THEN [n5.title, n5.since] END]
    },
    COLLECT {
      MATCH (n0)<-[r6:DREW_ON]-(n6)
      WHERE r6.level <= $q.open
        AND n6.level <= $q.open
      WITH n6, r6
      ORDER BY n6.id, r6.id
      LIMIT $q.p4
      RETURN [
        head(COLLECT {
          MATCH (n6)-[r7:USES]->(n7)
          WHERE r7.level <= $q.open
            AND n7.level <= $q.open
          WITH n7
          ORDER BY n7.id
          LIMIT 1
          RETURN [n7.name]
        }),
        n6.since,
        [
          COLLECT {
            MATCH (n6)-[r8:DREW_ON]->(n8)
            WHERE r8.level <= $q.open
              AND n8.level <= $q.open
              AND n8.since IS NOT NULL
            WITH DISTINCT n8
            ORDER BY n8.id
            LIMIT 100
            RETURN n8.since
          },
          [d IN [n6.since] WHERE d IS NOT NULL],
          COLLECT {
            MATCH (n6)-[r9:LED_TO]->(n9)
            WHERE r9.level <= $q.open
              AND n9.level <= $q.open
              AND n9.statedLagYears IS NOT NULL
            WITH DISTINCT n9
            ORDER BY n9.id
            LIMIT 100
            RETURN n9.statedLagYears
          }
        ]
      ]
    },
    COLLECT {
      MATCH (n0)-[r10:REMOVED]->(n10)
      WHERE r10.level <= $q.open
        AND n10.level <= $q.open
      WITH n10, r10
      ORDER BY n10.id, r10.id
      LIMIT $q.p5
      RETURN [n10.statement, n10.kind]
    }
  ]
}] AS data
