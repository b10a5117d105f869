RETURN [
  COUNT {
    MATCH (n0:Visit)
    WHERE n0.level <= $q.open
      AND (any(x IN n0.rows WHERE x STARTS WITH $q.p0))
  },
  COUNT {
    MATCH (n1:Visit)
    WHERE n1.level <= $q.open
      AND (any(x IN n1.rows WHERE x STARTS WITH $q.p2))
  },
  COLLECT {
    WITH COLLECT {
      MATCH (n2:Visit)
      WHERE n2.level <= $q.open
        AND (any(x IN n2.rows WHERE x STARTS WITH $q.p4))
        AND (any(x IN n2.rows WHERE x STARTS WITH $q.p5))
        AND n2.sinceDay IS NOT NULL
        AND n2.id IS NOT NULL
      WITH n2
      ORDER BY n2.sinceDay, n2.id
      LIMIT $q.p6
      RETURN [n2.title, n2.rows]
    } AS a2
    CALL (a2) {
      UNWIND CASE WHEN size(a2) < $q.p6 THEN [0] ELSE [] END AS g2
      CALL (g2) {
        MATCH (n2:Visit)
        WHERE n2.level <= $q.open
          AND (any(x IN n2.rows WHERE x STARTS WITH $q.p4))
          AND (any(x IN n2.rows WHERE x STARTS WITH $q.p5))
          AND n2.sinceDay IS NULL
          AND n2.id IS NOT NULL
        WITH n2
        ORDER BY n2.id
        LIMIT $q.p6
        RETURN [n2.title, n2.rows] AS s2
      }
      RETURN collect(s2) AS b2
    }
    WITH a2 + b2 AS a2
    UNWIND a2 AS r2
    WITH r2
    LIMIT $q.p6
    RETURN r2
  }
] AS data
