RETURN [COLLECT {
  WITH COLLECT {
    MATCH (n0:Evaluation)
    WHERE n0.marking <= $q.open
      AND EXISTS {
        MATCH (n0)-[r1:JUDGES]->(n1)
        WHERE r1.marking <= $q.open
          AND n1.marking <= $q.open
          AND (head([l IN labels(n1) WHERE l <> 'Fact']) = $q.p0)
      }
      AND EXISTS {
        MATCH (n0)-[r2:AGAINST]->(n2)
        WHERE r2.marking <= $q.open
          AND n2.marking <= $q.open
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
      WHERE n0.marking <= $q.open
        AND EXISTS {
          MATCH (n0)-[r1:JUDGES]->(n1)
          WHERE r1.marking <= $q.open
            AND n1.marking <= $q.open
            AND (head([l IN labels(n1) WHERE l <> 'Fact']) = $q.p0)
        }
        AND EXISTS {
          MATCH (n0)-[r2:AGAINST]->(n2)
          WHERE r2.marking <= $q.open
            AND n2.marking <= $q.open
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
      WHERE r3.marking <= $q.open
        AND n3.marking <= $q.open
      WITH n3, r3
      ORDER BY n3.id, r3.id
      LIMIT $q.p2
      RETURN [n3.statement, n3.since]
    },
    COLLECT {
      MATCH (n0)-[r4:JUDGES]->(n4)
      WHERE r4.marking <= $q.open
        AND n4.marking <= $q.open
      WITH n4, r4
      ORDER BY n4.id, r4.id
      LIMIT $q.p3
      RETURN [head([l IN labels(n4) WHERE l <> 'Fact']), CASE WHEN n4:Visit THEN [n4.title, n4.since] END]
    }
  ]
}] AS data
