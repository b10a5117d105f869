RETURN [
  [COLLECT {
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
    OPTIONAL MATCH (n0)-[r5:ABOUT]->(n5:Topic)
    WHERE (r5.level <= $q.openAll OR r5.audience IN $q.audiencesAll)
    WITH DISTINCT n0, n5
    WITH n0, CASE WHEN n0.since =~ '\[?\s*(\d{4})[^/.,]*((\.\.|/|,)\s*\[?\1[^/.,]*)*' THEN n0.sinceDay.year END AS g0_0, n5 AS n5
    WITH g0_0, n5, [count(*)] AS v0
    WITH g0_0, n5, v0, v0[0] AS k0_0, g0_0 AS k0_1, n5.id AS k0_2
    ORDER BY k0_0 DESC, k0_1, k0_2
    LIMIT $q.p5
    RETURN [g0_0, CASE WHEN n5 IS NOT NULL THEN [n5.name] END] + v0
  }],
  EXISTS {
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
      AND (n0.level >= 4)
    RETURN n0
  },
  EXISTS {
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
    MATCH (n0)-[r5:ABOUT]->(n5:Topic)
    WHERE (r5.level <= $q.openAll OR r5.audience IN $q.audiencesAll)
      AND (r5.level >= 4)
    RETURN n5
  }
] AS data
