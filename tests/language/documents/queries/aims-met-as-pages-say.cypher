RETURN [COLLECT {
  WITH COLLECT {
    MATCH (n0:Evaluation)
    WHERE n0.level <= $q.open
      AND EXISTS {
        MATCH (n0)-[r1:AGAINST]->(n1)
        WHERE r1.level <= $q.open
          AND n1.level <= $q.open
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
      MATCH (n0:Evaluation)
      WHERE n0.level <= $q.open
        AND EXISTS {
          MATCH (n0)-[r1:AGAINST]->(n1)
          WHERE r1.level <= $q.open
            AND n1.level <= $q.open
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
    n0.judgement,
    n0.since,
    n0.judge,
    n0.evidence,
    COLLECT {
      MATCH (n0)-[r2:AGAINST]->(n2)
      WHERE r2.level <= $q.open
        AND n2.level <= $q.open
      WITH n2, r2
      ORDER BY n2.id, r2.id
      LIMIT $q.p1
      RETURN [n2.statement]
    },
    COLLECT {
      MATCH (n0)-[r3:JUDGES]->(n3)
      WHERE r3.level <= $q.open
        AND n3.level <= $q.open
      WITH n3, r3
      ORDER BY n3.id, r3.id
      LIMIT $q.p2
      RETURN [
        head([l IN labels(n3) WHERE l <> 'Fact']),
        CASE
          WHEN n3:Programme THEN [n3.name]
          WHEN n3:Visit THEN [n3.title]
          WHEN n3:Adoption THEN [n3.localName]
        END
      ]
    }
  ]
}] AS data
