RETURN [
  COUNT {
    MATCH (n0:Visit)
    WHERE n0.level <= $q.open
      AND (n0.sinceDay >= $q.p0)
  },
  COLLECT {
    WITH COLLECT {
      MATCH (n0:Visit)
      WHERE n0.level <= $q.open
        AND (n0.sinceDay >= $q.p0)
        AND n0.sinceDay IS NULL
        AND n0.id IS NOT NULL
      WITH n0
      ORDER BY n0.id DESC
      LIMIT $q.p1
      RETURN n0
    } AS a0
    CALL (a0) {
      UNWIND CASE WHEN size(a0) < $q.p1 THEN [0] ELSE [] END AS g0
      CALL (g0) {
        MATCH (n0:Visit)
        WHERE n0.level <= $q.open
          AND (n0.sinceDay >= $q.p0)
          AND n0.sinceDay IS NOT NULL
          AND n0.id IS NOT NULL
        WITH n0
        ORDER BY n0.sinceDay DESC, n0.id DESC
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
      n0.title,
      n0.since,
      COLLECT {
        MATCH (n0)-[r1:MADE_BY]->(n1)
        WHERE r1.level <= $q.open
          AND n1.level <= $q.open
        WITH n1, r1
        ORDER BY n1.id, r1.id
        LIMIT $q.p2
        RETURN [n1.name]
      },
      toString(n0.sinceDay),
      n0.id
    ]
  }
] AS data
