RETURN [COLLECT {
  WITH COLLECT {
    MATCH (n0:Evaluation)
    WHERE n0.level <= $q.open
      AND (any(x IN n0.rows WHERE x STARTS WITH $q.p0))
      AND n0.sinceDay IS NOT NULL
      AND n0.id IS NOT NULL
    WITH n0
    ORDER BY n0.sinceDay, n0.id
    LIMIT $q.p1
    RETURN [n0.judgement, n0.since, n0.judge, n0.evidence]
  } AS a0
  CALL (a0) {
    UNWIND CASE WHEN size(a0) < $q.p1 THEN [0] ELSE [] END AS g0
    CALL (g0) {
      MATCH (n0:Evaluation)
      WHERE n0.level <= $q.open
        AND (any(x IN n0.rows WHERE x STARTS WITH $q.p0))
        AND n0.sinceDay IS NULL
        AND n0.id IS NOT NULL
      WITH n0
      ORDER BY n0.id
      LIMIT $q.p1
      RETURN [n0.judgement, n0.since, n0.judge, n0.evidence] AS s0
    }
    RETURN collect(s0) AS b0
  }
  WITH a0 + b0 AS a0
  UNWIND a0 AS r0
  WITH r0
  LIMIT $q.p1
  RETURN r0
}] AS data
