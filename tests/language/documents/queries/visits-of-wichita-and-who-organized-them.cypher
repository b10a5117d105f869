RETURN [COLLECT {
  WITH COLLECT {
    MATCH (n0:Visit)
    WHERE n0.level <= $q.open
      AND EXISTS {
        MATCH (n0)-[r1:MADE_BY]->(n1)
        WHERE r1.level <= $q.open
          AND n1.level <= $q.open
          AND (n1.id = $q.p0)
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
      MATCH (n0:Visit)
      WHERE n0.level <= $q.open
        AND EXISTS {
          MATCH (n0)-[r1:MADE_BY]->(n1)
          WHERE r1.level <= $q.open
            AND n1.level <= $q.open
            AND (n1.id = $q.p0)
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
    n0.title,
    n0.since,
    n0.delegates,
    COLLECT {
      MATCH (n0)-[r2:HOSTED_BY]->(n2)
      WHERE r2.level <= $q.open
        AND n2.level <= $q.open
      WITH n2, r2
      ORDER BY n2.id, r2.id
      LIMIT $q.p2
      RETURN [n2.name]
    },
    COLLECT {
      MATCH (n0)<-[r3:ORGANIZED]-(n3)
      WHERE r3.level <= $q.open
        AND n3.level <= $q.open
      WITH n3, r3
      ORDER BY n3.id, r3.id
      LIMIT $q.p3
      RETURN [n3.name]
    }
  ]
}] AS data
