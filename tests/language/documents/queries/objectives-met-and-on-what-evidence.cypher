RETURN [COLLECT {
  WITH COLLECT {
    MATCH (n0:Evaluation)
    WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
      AND EXISTS {
        MATCH (n0)-[r1:JUDGES]->(n1)
        WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
          AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
          AND (head([l IN labels(n1) WHERE l <> 'Fact']) = $q.p0)
      }
      AND EXISTS {
        MATCH (n0)-[r2:AGAINST]->(n2)
        WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
          AND (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
      }
      AND n0.sinceDay IS NOT NULL
      AND n0.id IS NOT NULL
    WITH n0
    ORDER BY n0.sinceDay, n0.id
    LIMIT $q.p1
    RETURN n0
  } AS a0
  CALL (a0) {
    UNWIND CASE WHEN size(a0) < $q.p1 THEN [0] ELSE [] END AS g0
    CALL (g0) {
      MATCH (n0:Evaluation)
      WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
        AND EXISTS {
          MATCH (n0)-[r1:JUDGES]->(n1)
          WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
            AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
            AND (head([l IN labels(n1) WHERE l <> 'Fact']) = $q.p0)
        }
        AND EXISTS {
          MATCH (n0)-[r2:AGAINST]->(n2)
          WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
            AND (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
        }
        AND n0.sinceDay IS NULL
        AND n0.id IS NOT NULL
      WITH n0
      ORDER BY n0.id
      LIMIT $q.p1
      RETURN n0 AS s0
    }
    RETURN collect(s0) AS b0
  }
  WITH a0 + b0 AS a0
  UNWIND a0 AS n0
  WITH n0
  LIMIT $q.p1
  RETURN [
    n0.judgement,
    n0.since,
    n0.judge,
    n0.evidence,
    COLLECT {
      MATCH (n0)-[r3:AGAINST]->(n3)
      WHERE (r3.level <= $q.openAll OR r3.audience IN $q.audiencesAll)
        AND (n3.level <= $q.openAll OR n3.audience IN $q.audiencesAll)
      WITH n3, r3
      ORDER BY n3.id, r3.id
      LIMIT $q.p2
      RETURN [n3.statement, n3.since, r3.level >= 4 OR n3.level >= 4]
    },
    COLLECT {
      MATCH (n0)-[r4:JUDGES]->(n4)
      WHERE (r4.level <= $q.openAll OR r4.audience IN $q.audiencesAll)
        AND (n4.level <= $q.openAll OR n4.audience IN $q.audiencesAll)
      WITH n4, r4
      ORDER BY n4.id, r4.id
      LIMIT $q.p3
      RETURN [
        head([l IN labels(n4) WHERE l <> 'Fact']),
        CASE WHEN n4:Visit THEN [n4.title, n4.since] END,
        r4.level >= 4 OR n4.level >= 4
      ]
    },
    n0.level >= 4
  ]
}] AS data
