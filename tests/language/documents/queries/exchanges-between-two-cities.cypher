RETURN [COLLECT {
  WITH COLLECT {
    MATCH (n0:Visit)
    WHERE n0.marking <= $q.open
      AND (
        (
          (EXISTS {
            MATCH (n0)-[r1:MADE_BY]->(n1)
            WHERE r1.marking <= $q.open
              AND n1.marking <= $q.open
              AND (n1.id = $q.p0)
          })
          AND (EXISTS {
            MATCH (n0)-[r2:HOSTED_BY]->(n2)
            WHERE r2.marking <= $q.open
              AND n2.marking <= $q.open
              AND (n2.id = $q.p1)
          })
        )
        OR (
          (EXISTS {
            MATCH (n0)-[r3:MADE_BY]->(n3)
            WHERE r3.marking <= $q.open
              AND n3.marking <= $q.open
              AND (n3.id = $q.p2)
          })
          AND (EXISTS {
            MATCH (n0)-[r4:HOSTED_BY]->(n4)
            WHERE r4.marking <= $q.open
              AND n4.marking <= $q.open
              AND (n4.id = $q.p3)
          })
        )
      )
      AND n0.sinceDay IS NOT NULL
      AND n0.id IS NOT NULL
    WITH n0
    ORDER BY n0.sinceDay, n0.id
    LIMIT $q.p4
    RETURN n0
  } AS a0
  CALL (a0) {
    UNWIND CASE WHEN size(a0) < $q.p4 THEN [0] ELSE [] END AS g0
    CALL (g0) {
      MATCH (n0:Visit)
      WHERE n0.marking <= $q.open
        AND (
          (
            (EXISTS {
              MATCH (n0)-[r1:MADE_BY]->(n1)
              WHERE r1.marking <= $q.open
                AND n1.marking <= $q.open
                AND (n1.id = $q.p0)
            })
            AND (EXISTS {
              MATCH (n0)-[r2:HOSTED_BY]->(n2)
              WHERE r2.marking <= $q.open
                AND n2.marking <= $q.open
                AND (n2.id = $q.p1)
            })
          )
          OR (
            (EXISTS {
              MATCH (n0)-[r3:MADE_BY]->(n3)
              WHERE r3.marking <= $q.open
                AND n3.marking <= $q.open
                AND (n3.id = $q.p2)
            })
            AND (EXISTS {
              MATCH (n0)-[r4:HOSTED_BY]->(n4)
              WHERE r4.marking <= $q.open
                AND n4.marking <= $q.open
                AND (n4.id = $q.p3)
            })
          )
        )
        AND n0.sinceDay IS NULL
        AND n0.id IS NOT NULL
      WITH n0
      ORDER BY n0.id
      LIMIT $q.p4
      RETURN n0 AS s0
    }
    RETURN collect(s0) AS b0
  }
  WITH a0 + b0 AS a0
  UNWIND a0 AS n0
  WITH n0
  LIMIT $q.p4
  RETURN [
    n0.since,
    COLLECT {
      MATCH (n0)-[r5:MADE_BY]->(n5)
      WHERE r5.marking <= $q.open
        AND n5.marking <= $q.open
      WITH n5, r5
      ORDER BY n5.id, r5.id
      LIMIT $q.p5
      RETURN [n5.name]
    },
    COLLECT {
      MATCH (n0)-[r6:HOSTED_BY]->(n6)
      WHERE r6.marking <= $q.open
        AND n6.marking <= $q.open
        AND (n6.id IN coalesce($q.p6, []))
      WITH n6, r6
      ORDER BY n6.id, r6.id
      LIMIT $q.p7
      RETURN [n6.name]
    },
    COLLECT {
      MATCH (n0)-[r7:ABOUT]->(n7:Topic)
      WHERE r7.marking <= $q.open
      WITH n7, r7
      ORDER BY n7.name, n7.id, r7.id
      LIMIT $q.p8
      RETURN [n7.name]
    },
    n0.confidence
  ]
}] AS data
