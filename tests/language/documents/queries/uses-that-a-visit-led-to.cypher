RETURN [COLLECT {
  WITH COLLECT {
    MATCH (n0:Adoption)
    WHERE n0.level <= $q.open
      AND EXISTS {
        MATCH (n0)<-[r1:LED_TO]-(n1)
        WHERE r1.level <= $q.open
          AND n1.level <= $q.open
          AND (head([l IN labels(n1) WHERE l <> 'Fact']) = $q.p0)
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
      MATCH (n0:Adoption)
      WHERE n0.level <= $q.open
        AND EXISTS {
          MATCH (n0)<-[r1:LED_TO]-(n1)
          WHERE r1.level <= $q.open
            AND n1.level <= $q.open
            AND (head([l IN labels(n1) WHERE l <> 'Fact']) = $q.p0)
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
      MATCH (n0)<-[r2:MADE]-(n2)
      WHERE r2.level <= $q.open
      WITH n2
      ORDER BY n2.id
      LIMIT 1
      RETURN [n2.name]
    }),
    head(COLLECT {
      MATCH (n0)-[r3:USES]->(n3)
      WHERE r3.level <= $q.open
        AND n3.level <= $q.open
      WITH n3
      ORDER BY n3.id
      LIMIT 1
      RETURN [n3.name]
    }),
    n0.localName,
    n0.status,
    n0.since,
    COLLECT {
      MATCH (n0)<-[r4:LED_TO]-(n4)
      WHERE r4.level <= $q.open
        AND n4.level <= $q.open
      WITH n4, r4
      ORDER BY n4.id, r4.id
      LIMIT $q.p2
      RETURN [head([l IN labels(n4) WHERE l <> 'Fact']), CASE WHEN n4:Visit THEN [n4.title] END]
    }
  ]
}] AS data
