RETURN [COLLECT {
  WITH COLLECT {
    MATCH (n0:Adoption)
    WHERE n0.level <= $q.open
      AND ((n0.since IS NULL) = $q.p0)
      AND EXISTS {
        MATCH (n0)-[r1:DREW_ON]->(n1)
        WHERE r1.level <= $q.open
          AND n1.level <= $q.open
          AND ((n1.since IS NULL) = $q.p1)
      }
      AND n0.sinceDay IS NOT NULL
      AND n0.id IS NOT NULL
    WITH n0
    ORDER BY n0.sinceDay, n0.id
    LIMIT $q.p2
    RETURN n0
  } AS a0
  CALL (a0) {
    UNWIND CASE WHEN size(a0) < $q.p2 THEN [0] ELSE [] END AS g0
    CALL (g0) {
      MATCH (n0:Adoption)
      WHERE n0.level <= $q.open
        AND ((n0.since IS NULL) = $q.p0)
        AND EXISTS {
          MATCH (n0)-[r1:DREW_ON]->(n1)
          WHERE r1.level <= $q.open
            AND n1.level <= $q.open
            AND ((n1.since IS NULL) = $q.p1)
        }
        AND n0.sinceDay IS NULL
        AND n0.id IS NOT NULL
      WITH n0
      ORDER BY n0.id
      LIMIT $q.p2
      RETURN n0 AS s0
    }
    RETURN collect(s0) AS b0
  }
  WITH a0 + b0 AS a0
  UNWIND a0 AS n0
  WITH n0
  LIMIT $q.p2
  RETURN [
    head(COLLECT {
      MATCH (n0)<-[r2:MADE]-(n2)
      WHERE r2.level <= $q.open
      WITH n2
      ORDER BY n2.id
      LIMIT 1
      RETURN [n2.name]
    }),
    head(COLLECT {
      MATCH (n0)-[r3:USES]->(n3)
      WHERE r3.level <= $q.open
        AND n3.level <= $q.open
      WITH n3
      ORDER BY n3.id
      LIMIT 1
      RETURN [n3.name]
    }),
    n0.since,
    [
      COLLECT {
        MATCH (n0)-[r4:DREW_ON]->(n4)
        WHERE r4.level <= $q.open
          AND n4.level <= $q.open
          AND n4.since IS NOT NULL
        WITH DISTINCT n4
        ORDER BY n4.id
        LIMIT 100
        RETURN n4.since
      },
      [d IN [n0.since] WHERE d IS NOT NULL],
      COLLECT {
        MATCH (n0)-[r5:LED_TO]->(n5)
        WHERE r5.level <= $q.open
          AND n5.level <= $q.open
          AND n5.statedLagYears IS NOT NULL
        WITH DISTINCT n5
        ORDER BY n5.id
        LIMIT 100
        RETURN n5.statedLagYears
      }
    ],
    COLLECT {
      MATCH (n0)-[r6:DREW_ON]->(n6)
      WHERE r6.level <= $q.open
        AND n6.level <= $q.open
      WITH n6, r6
      ORDER BY n6.id, r6.id
      LIMIT $q.p3
      RETURN [
        n6.since,
        COLLECT {
          MATCH (n6)-[r7:FROM]->(n7)
          WHERE r7.level <= $q.open
          WITH n7, r7
          ORDER BY n7.id, r7.id
          LIMIT $q.p4
          RETURN [n7.name]
        }
      ]
    }
  ]
}] AS data
