RETURN [COLLECT {
  WITH COLLECT {
    MATCH (n0:Visit)
    WHERE n0.level <= $q.open
      AND (n0.kind = $q.p0)
      AND EXISTS {
        MATCH (n0)-[r1:MADE_BY]->(n1)
        WHERE r1.level <= $q.open
          AND n1.level <= $q.open
          AND (n1.id IN coalesce($q.p1, []))
      }
      AND EXISTS {
        MATCH (n0)<-[r2:JOINED]-(n2)
        WHERE r2.level <= $q.open
          AND n2.level <= $q.open
      }
      AND n0.sinceDay IS NOT NULL
      AND n0.id IS NOT NULL
    WITH n0
    ORDER BY n0.sinceDay DESC, n0.id DESC
    LIMIT $q.p2
    RETURN n0
  } AS a0
  CALL (a0) {
    UNWIND CASE WHEN size(a0) < $q.p2 THEN [0] ELSE [] END AS g0
    CALL (g0) {
      MATCH (n0:Visit)
      WHERE n0.level <= $q.open
        AND (n0.kind = $q.p0)
        AND EXISTS {
          MATCH (n0)-[r1:MADE_BY]->(n1)
          WHERE r1.level <= $q.open
            AND n1.level <= $q.open
            AND (n1.id IN coalesce($q.p1, []))
        }
        AND EXISTS {
          MATCH (n0)<-[r2:JOINED]-(n2)
          WHERE r2.level <= $q.open
            AND n2.level <= $q.open
        }
        AND n0.sinceDay IS NULL
        AND n0.id IS NOT NULL
      WITH n0
      ORDER BY n0.id DESC
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
    n0.title,
    n0.since,
    COLLECT {
      MATCH (n0)<-[r3:JOINED]-(n3)
      WHERE r3.level <= $q.open
        AND n3.level <= $q.open
      WITH n3, r3
      ORDER BY n3.name, n3.id, r3.id
      LIMIT $q.p3
      RETURN [
        r3.role,
        r3.age,
        r3.onBehalfOf,
        [r3.paidAmount, r3.paidCurrency],
        r3.paidBy,
        n3.name,
        COLLECT {
          MATCH (n3)-[r4:WORKS_FOR]->(n4)
          WHERE r4.level <= $q.open
            AND n4.level <= $q.open
          WITH n4, r4
          ORDER BY n4.id, r4.id
          LIMIT $q.p4
          RETURN [n4.name]
        }
      ]
    }
  ]
}] AS data
