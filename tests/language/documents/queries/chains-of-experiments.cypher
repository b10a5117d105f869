RETURN [COLLECT {
  WITH COLLECT {
    MATCH (n0:Experiment)
    WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
      AND NOT EXISTS {
        MATCH (n0)<-[r1:PIVOTED_TO]-(n1)
        WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
          AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
      }
      AND n0.sinceDay IS NOT NULL
      AND n0.id IS NOT NULL
    WITH n0
    ORDER BY n0.sinceDay, n0.id
    LIMIT $q.p0
    RETURN n0
  } AS a0
  CALL (a0) {
    UNWIND CASE WHEN size(a0) < $q.p0 THEN [0] ELSE [] END AS g0
    CALL (g0) {
      MATCH (n0:Experiment)
      WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
        AND NOT EXISTS {
          MATCH (n0)<-[r1:PIVOTED_TO]-(n1)
          WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
            AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
        }
        AND n0.sinceDay IS NULL
        AND n0.id IS NOT NULL
      WITH n0
      ORDER BY n0.id
      LIMIT $q.p0
      RETURN n0 AS s0
    }
    RETURN collect(s0) AS b0
  }
  WITH a0 + b0 AS a0
  UNWIND a0 AS n0
  WITH n0
  LIMIT $q.p0
  RETURN [
    head(COLLECT {
      MATCH (n0)-[r2:UNDER_PLAN]->(n2)
      WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
        AND (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
      WITH n2, r2
      ORDER BY n2.id, r2.id
      LIMIT 1
      RETURN [n2.name, r2.level >= 4 OR n2.level >= 4]
    }),
    n0.hypothesis,
    n0.learning,
    n0.decision,
    COLLECT {
      MATCH (n0)-[r3:PIVOTED_TO]->(n3)
      WHERE (r3.level <= $q.openAll OR r3.audience IN $q.audiencesAll)
        AND (n3.level <= $q.openAll OR n3.audience IN $q.audiencesAll)
      WITH n3, r3
      ORDER BY n3.id, r3.id
      LIMIT $q.p1
      RETURN [
        n3.hypothesis,
        n3.learning,
        n3.decision,
        COLLECT {
          MATCH (n3)-[r4:PIVOTED_TO]->(n4)
          WHERE (r4.level <= $q.openAll OR r4.audience IN $q.audiencesAll)
            AND (n4.level <= $q.openAll OR n4.audience IN $q.audiencesAll)
          WITH n4, r4
          ORDER BY n4.id, r4.id
          LIMIT $q.p2
          RETURN [n4.hypothesis, n4.learning, n4.decision, r4.level >= 4 OR n4.level >= 4]
        },
        r3.level >= 4 OR n3.level >= 4
      ]
    },
    n0.level >= 4
  ]
}] AS data
