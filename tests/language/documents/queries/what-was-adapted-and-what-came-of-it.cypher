RETURN [COLLECT {
  WITH COLLECT {
    MATCH (n0:Adoption)
    WHERE n0.marking <= $q.open
      AND ((n0.adapted IS NULL) = $q.p0)
      AND EXISTS {
        MATCH (n0)-[r1:LED_TO]->(n1)
        WHERE r1.marking <= $q.open
          AND n1.marking <= $q.open
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
      WHERE n0.marking <= $q.open
        AND ((n0.adapted IS NULL) = $q.p0)
        AND EXISTS {
          MATCH (n0)-[r1:LED_TO]->(n1)
          WHERE r1.marking <= $q.open
            AND n1.marking <= $q.open
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
      WHERE r2.marking <= $q.open
      WITH n2
      ORDER BY n2.id
      LIMIT 1
      RETURN [n2.name]
    }),
    n0.localName,
    n0.since,
    n0.scale,
    n0.adapted,
    COLLECT {
      MATCH (n0)-[r3:LED_TO]->(n3)
      WHERE r3.marking <= $q.open
        AND n3.marking <= $q.open
      WITH n3, r3
      ORDER BY n3.id, r3.id
      LIMIT $q.p2
      RETURN [n3.statement, n3.since]
    },
    n0.confidence
  ]
}] AS data
