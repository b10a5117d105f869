RETURN [COLLECT {
  WITH COLLECT {
    MATCH (n0:Barrier)
    WHERE (n0.marking <= $q.open OR n0.audience IN $q.audiences)
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
      MATCH (n0:Barrier)
      WHERE (n0.marking <= $q.open OR n0.audience IN $q.audiences)
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
    n0.statement,
    n0.kind,
    n0.until,
    n0.confidence,
    COLLECT {
      MATCH (n0)-[r1:BLOCKS]->(n1)
      WHERE (r1.marking <= $q.open OR r1.audience IN $q.audiences)
        AND (n1.marking <= $q.open OR n1.audience IN $q.audiences)
      WITH n1, r1
      ORDER BY n1.id, r1.id
      LIMIT $q.p1
      RETURN [n1.name]
    },
    COLLECT {
      MATCH (n0)-[r2:REMOVED_BY]->(n2)
      WHERE (r2.marking <= $q.open OR r2.audience IN $q.audiences)
        AND (n2.marking <= $q.open OR n2.audience IN $q.audiences)
      WITH n2, r2
      ORDER BY n2.id, r2.id
      LIMIT $q.p2
      RETURN [head([l IN labels(n2) WHERE l <> 'Fact']), n2.name]
    },
    COLLECT {
      MATCH (n0)<-[r3:REMOVED]-(n3)
      WHERE (r3.marking <= $q.open OR r3.audience IN $q.audiences)
        AND (n3.marking <= $q.open OR n3.audience IN $q.audiences)
      WITH n3, r3
      ORDER BY n3.id, r3.id
      LIMIT $q.p3
      RETURN [
        n3.statement,
        head(COLLECT {
          MATCH (n3)<-[r4:LEARNED]-(n4)
          WHERE (r4.marking <= $q.open OR r4.audience IN $q.audiences)
          WITH n4
          ORDER BY n4.id
          LIMIT 1
          RETURN [n4.name]
        })
      ]
    }
  ]
}] AS data
