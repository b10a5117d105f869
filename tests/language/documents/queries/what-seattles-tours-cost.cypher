RETURN [COLLECT {
  WITH COLLECT {
    MATCH (n0:Visit)
    WHERE n0.level <= $q.open
      AND (n0.kind = $q.p0)
      AND EXISTS {
        MATCH (n0)-[r1:MADE_BY]->(n1)
        WHERE r1.level <= $q.open
          AND n1.level <= $q.open
          AND (n1.id = $q.p1)
      }
      AND NOT coalesce(n0.sinceDay < $q.p2, false)
      AND (
        ((n0.costPerDelegateAmount > $q.p3))
        OR (EXISTS {
          MATCH (n0)<-[r2:SPONSORED]-(n2)
          WHERE r2.level <= $q.open
            AND n2.level <= $q.open
        })
      )
      AND n0.sinceDay IS NOT NULL
      AND n0.id IS NOT NULL
    WITH n0
    ORDER BY n0.sinceDay DESC, n0.id DESC
    LIMIT $q.p4
    RETURN n0
  } AS a0
  CALL (a0) {
    UNWIND CASE WHEN size(a0) < $q.p4 THEN [0] ELSE [] END AS g0
    CALL (g0) {
      MATCH (n0:Visit)
      WHERE n0.level <= $q.open
        AND (n0.kind = $q.p0)
        AND EXISTS {
          MATCH (n0)-[r1:MADE_BY]->(n1)
          WHERE r1.level <= $q.open
            AND n1.level <= $q.open
            AND (n1.id = $q.p1)
        }
        AND NOT coalesce(n0.sinceDay < $q.p2, false)
        AND (
          ((n0.costPerDelegateAmount > $q.p3))
          OR (EXISTS {
            MATCH (n0)<-[r2:SPONSORED]-(n2)
            WHERE r2.level <= $q.open
              AND n2.level <= $q.open
          })
        )
        AND n0.sinceDay IS NULL
        AND n0.id IS NOT NULL
      WITH n0
      ORDER BY n0.id DESC
      LIMIT $q.p4
      RETURN n0 AS s0
    }
    RETURN collect(s0) AS b0
  }
  WITH a0 + b0 AS a0
  UNWIND a0 AS n0
  WITH n0
  LIMIT $q.p4
  RETURN [
    n0.title,
    n0.status,
    n0.since,
    COLLECT {
      MATCH (n0)-[r3:EDITION_OF]->(n3)
      WHERE r3.level <= $q.open
        AND n3.level <= $q.open
      WITH n3, r3
      ORDER BY n3.id, r3.id
      LIMIT $q.p5
      RETURN [n3.name]
    },
    [n0.costPerDelegateAmount, n0.costPerDelegateCurrency],
    COLLECT {
      MATCH (n0)<-[r4:SPONSORED]-(n4)
      WHERE r4.level <= $q.open
        AND n4.level <= $q.open
      WITH n4, r4
      ORDER BY n4.name, n4.id, r4.id
      LIMIT $q.p6
      RETURN [r4.delegates, [r4.paidAmount, r4.paidCurrency], n4.name]
    },
    n0.confidence
  ]
}] AS data
