RETURN [COLLECT {
  WITH COLLECT {
    MATCH (n0:Visit)
    WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
      AND (
        (
          (EXISTS {
            MATCH (n0)-[r1:MADE_BY]->(n1)
            WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
              AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
              AND (n1.id = $q.p0)
          })
          AND (EXISTS {
            MATCH (n0)-[r2:HOSTED_BY]->(n2)
            WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
              AND (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
              AND (n2.id = $q.p1)
          })
        )
        OR (
          (EXISTS {
            MATCH (n0)-[r3:MADE_BY]->(n3)
            WHERE (r3.level <= $q.openAll OR r3.audience IN $q.audiencesAll)
              AND (n3.level <= $q.openAll OR n3.audience IN $q.audiencesAll)
              AND (n3.id = $q.p2)
          })
          AND (EXISTS {
            MATCH (n0)-[r4:HOSTED_BY]->(n4)
            WHERE (r4.level <= $q.openAll OR r4.audience IN $q.audiencesAll)
              AND (n4.level <= $q.openAll OR n4.audience IN $q.audiencesAll)
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
      WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
        AND (
          (
            (EXISTS {
              MATCH (n0)-[r1:MADE_BY]->(n1)
              WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
                AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
                AND (n1.id = $q.p0)
            })
            AND (EXISTS {
              MATCH (n0)-[r2:HOSTED_BY]->(n2)
              WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
                AND (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
                AND (n2.id = $q.p1)
            })
          )
          OR (
            (EXISTS {
              MATCH (n0)-[r3:MADE_BY]->(n3)
              WHERE (r3.level <= $q.openAll OR r3.audience IN $q.audiencesAll)
                AND (n3.level <= $q.openAll OR n3.audience IN $q.audiencesAll)
                AND (n3.id = $q.p2)
            })
            AND (EXISTS {
              MATCH (n0)-[r4:HOSTED_BY]->(n4)
              WHERE (r4.level <= $q.openAll OR r4.audience IN $q.audiencesAll)
                AND (n4.level <= $q.openAll OR n4.audience IN $q.audiencesAll)
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
      WHERE (r5.level <= $q.openAll OR r5.audience IN $q.audiencesAll)
        AND (n5.level <= $q.openAll OR n5.audience IN $q.audiencesAll)
      WITH n5, r5
      ORDER BY n5.id, r5.id
      LIMIT $q.p5
      RETURN [n5.name, r5.level >= 4 OR n5.level >= 4]
    },
    COLLECT {
      MATCH (n0)-[r6:HOSTED_BY]->(n6)
      WHERE (r6.level <= $q.openAll OR r6.audience IN $q.audiencesAll)
        AND (n6.level <= $q.openAll OR n6.audience IN $q.audiencesAll)
        AND (n6.id IN coalesce($q.p6, []))
      WITH n6, r6
      ORDER BY n6.id, r6.id
      LIMIT $q.p7
      RETURN [n6.name, r6.level >= 4 OR n6.level >= 4]
    },
    COLLECT {
      MATCH (n0)-[r7:ABOUT]->(n7:Topic)
      WHERE (r7.level <= $q.openAll OR r7.audience IN $q.audiencesAll)
      WITH n7, r7
      ORDER BY n7.name, n7.id, r7.id
      LIMIT $q.p8
      RETURN [n7.name, r7.level >= 4]
    },
    n0.confidence,
    n0.level >= 4
  ]
}] AS data
