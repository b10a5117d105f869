RETURN [COLLECT {
  WITH COLLECT {
    MATCH (n0:Adoption)
    WHERE n0.level <= $q.open
      AND (any(x IN n0.rows WHERE x STARTS WITH $q.p0))
      AND (
        (n0.status IN coalesce($q.p1, []))
        OR (EXISTS {
          MATCH (n0)<-[r1:REPLACED]-(n1)
          WHERE r1.level <= $q.open
            AND n1.level <= $q.open
        })
      )
      AND n0.sinceDay IS NOT NULL
      AND n0.id IS NOT NULL
    WITH n0
    ORDER BY n0.sinceDay, n0.id
    LIMIT $q.p2
    RETURN n0
  } AS a0
  CALL (a0) {
    UNWIND CASE WHEN size(a0) < $q.p2 THEN [0] ELSE [] END AS g0
    CALL (g0) {
      MATCH (n0:Adoption)
      WHERE n0.level <= $q.open
        AND (any(x IN n0.rows WHERE x STARTS WITH $q.p0))
        AND (
          (n0.status IN coalesce($q.p1, []))
          OR (EXISTS {
            MATCH (n0)<-[r1:REPLACED]-(n1)
            WHERE r1.level <= $q.open
              AND n1.level <= $q.open
          })
        )
        AND n0.sinceDay IS NULL
        AND n0.id IS NOT NULL
      WITH n0
      ORDER BY n0.id
      LIMIT $q.p2
      RETURN n0 AS s0
    }
    RETURN collect(s0) AS b0
  }
  WITH a0 + b0 AS a0
  UNWIND a0 AS n0
  WITH n0
  LIMIT $q.p2
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
    n0.until,
    COLLECT {
      MATCH (n0)<-[r4:REPLACED]-(n4)
      WHERE r4.level <= $q.open
        AND n4.level <= $q.open
      WITH n4, r4
      ORDER BY n4.id, r4.id
      LIMIT $q.p3
      RETURN [r4.since, n4.localName, n4.status]
    },
    n0.confidence
  ]
}] AS data
