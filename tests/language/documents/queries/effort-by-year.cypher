RETURN [COLLECT {
  MATCH (n0:Effort)
  WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
    AND EXISTS {
      MATCH (n0)<-[r1:SPENT]-(n1)
      WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
        AND (n1.id IN coalesce($q.p0, []))
    }
  WITH
    n0,
    head(COLLECT {
      MATCH (n0)<-[r2:SPENT]-(n2)
      WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
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
      WHERE (r3.level <= $q.openAll OR r3.audience IN $q.audiencesAll)
      WITH n3, r3
      ORDER BY n3.id, r3.id
      LIMIT 1
      RETURN [n3.name, r3.level >= 4]
    }),
    n0.since,
    n0.hours,
    [n0.spentAmount, n0.spentCurrency],
    n0.people,
    n0.confidence,
    n0.level >= 4
  ]
}] AS data
