RETURN [COLLECT {
  WITH COLLECT {
    MATCH (n0:Visit)
    WHERE n0.level <= $q.open
      AND (
        ((n0.costPerDelegateAmount > $q.p0))
        OR (EXISTS {
          MATCH (n0)<-[r1:SPONSORED]-(n1)
          WHERE r1.level <= $q.open
            AND n1.level <= $q.open
        })
        OR (EXISTS {
          MATCH (n0)<-[r2:JOINED]-(n2)
          WHERE r2.level <= $q.open
            AND n2.level <= $q.open
        })
      )
      AND n0.sinceDay IS NOT NULL
      AND n0.id IS NOT NULL
    WITH n0
    ORDER BY n0.sinceDay DESC, n0.id DESC
    LIMIT $q.p1
    RETURN n0
  } AS a0
  CALL (a0) {
    UNWIND CASE WHEN size(a0) < $q.p1 THEN [0] ELSE [] END AS g0
    CALL (g0) {
      MATCH (n0:Visit)
      WHERE n0.level <= $q.open
        AND (
          ((n0.costPerDelegateAmount > $q.p0))
          OR (EXISTS {
            MATCH (n0)<-[r1:SPONSORED]-(n1)
            WHERE r1.level <= $q.open
              AND n1.level <= $q.open
          })
          OR (EXISTS {
            MATCH (n0)<-[r2:JOINED]-(n2)
            WHERE r2.level <= $q.open
              AND n2.level <= $q.open
          })
        )
        AND n0.sinceDay IS NULL
        AND n0.id IS NOT NULL
      WITH n0
      ORDER BY n0.id DESC
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
    n0.delegates,
    [n0.costPerDelegateAmount, n0.costPerDelegateCurrency],
    COLLECT {
      MATCH (n0)<-[r3:SPONSORED]-(n3)
      WHERE r3.level <= $q.open
        AND n3.level <= $q.open
      WITH n3, r3
      ORDER BY n3.id, r3.id
      LIMIT $q.p2
      RETURN [[r3.paidAmount, r3.paidCurrency], r3.delegates, n3.name]
    },
    COLLECT {
      MATCH (n0)<-[r4:JOINED]-(n4)
      WHERE r4.level <= $q.open
        AND n4.level <= $q.open
      WITH n4, r4
      ORDER BY n4.id, r4.id
      LIMIT $q.p3
      RETURN [r4.role, [r4.paidAmount, r4.paidCurrency], r4.paidBy, n4.name]
    }
  ]
}] AS data
