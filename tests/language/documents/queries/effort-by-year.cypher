RETURN [COLLECT {
  MATCH (n0:Effort)
  WHERE n0.marking <= $q.open
    AND EXISTS {
      MATCH (n0)<-[r1:SPENT]-(n1)
      WHERE r1.marking <= $q.open
        AND (n1.id IN coalesce($q.p0, []))
    }
  WITH
    n0,
    head(COLLECT {
      MATCH (n0)<-[r2:SPENT]-(n2)
      WHERE r2.marking <= $q.open
      WITH n2
      ORDER BY n2.id
      LIMIT 1
      RETURN n2.name
    }) AS k0_0
  WITH n0, k0_0
  ORDER BY k0_0, n0.sinceDay, n0.id
  LIMIT $q.p1
  RETURN [
    head(COLLECT {
      MATCH (n0)<-[r3:SPENT]-(n3)
      WHERE r3.marking <= $q.open
      WITH n3
      ORDER BY n3.id
      LIMIT 1
      RETURN [n3.name]
    }),
    n0.since,
    n0.hours,
    [n0.spentAmount, n0.spentCurrency],
    n0.people,
    n0.confidence
  ]
}] AS data
