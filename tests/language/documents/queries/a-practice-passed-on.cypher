RETURN [COLLECT {
  WITH COLLECT {
    MATCH (n0:Lesson)
    WHERE n0.level <= $q.open
      AND EXISTS {
        MATCH (n0)-[r1:ABOUT]->(n1:Practice)
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
      MATCH (n0:Lesson)
      WHERE n0.level <= $q.open
        AND EXISTS {
          MATCH (n0)-[r1:ABOUT]->(n1:Practice)
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
    head(COLLECT {
      MATCH (n0)<-[r2:LEARNED]-(n2)
      WHERE r2.level <= $q.open
      WITH n2
      ORDER BY n2.id
      LIMIT 1
      RETURN [n2.name]
    }),
    COLLECT {
      MATCH (n0)-[r3:FROM]->(n3)
      WHERE r3.level <= $q.open
      WITH n3, r3
      ORDER BY n3.id, r3.id
      LIMIT $q.p2
      RETURN [n3.name]
    },
    n0.since,
    COLLECT {
      MATCH (n0)-[r4:GAINED_ON]->(n4)
      WHERE r4.level <= $q.open
        AND n4.level <= $q.open
      WITH n4, r4
      ORDER BY n4.id, r4.id
      LIMIT $q.p3
      RETURN [head([l IN labels(n4) WHERE l <> 'Fact']), CASE WHEN n4:Visit THEN [n4.title] END]
    }
  ]
}] AS data
