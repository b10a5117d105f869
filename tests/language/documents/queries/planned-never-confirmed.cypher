RETURN [
  COUNT {
    MATCH (n0:Visit)
    WHERE n0.level <= $q.open
      AND (n0.status = $q.p0)
      AND (any(x IN n0.rows WHERE x STARTS WITH $q.p1))
  },
  COLLECT {
    MATCH (n0:Visit)
    WHERE n0.level <= $q.open
      AND (n0.status = $q.p0)
      AND (any(x IN n0.rows WHERE x STARTS WITH $q.p1))
      AND n0.title IS NOT NULL
      AND n0.id IS NOT NULL
    WITH n0
    ORDER BY n0.title, n0.id
    LIMIT $q.p2
    RETURN [
      n0.title,
      n0.since,
      COLLECT {
        MATCH (n0)-[r1:MADE_BY]->(n1)
        WHERE r1.level <= $q.open
          AND n1.level <= $q.open
        WITH n1, r1
        ORDER BY n1.id, r1.id
        LIMIT $q.p3
        RETURN [head([l IN labels(n1) WHERE l <> 'Fact']), CASE WHEN n1:City|Country|Region THEN [n1.name] END]
      },
      n0.note
    ]
  }
] AS data
