RETURN [
  COLLECT {
    MATCH (n0:Organization)
    WHERE (n0.marking <= $q.open OR n0.audience IN $q.audiences)
      AND (n0.name STARTS WITH $q.p0)
      AND (n0.kind IN coalesce($q.p1, []))
      AND (n0.learningMandate = $q.p2)
      AND n0.id IS NOT NULL
    WITH n0
    ORDER BY n0.id
    LIMIT $q.p3
    RETURN [n0.name]
  },
  COLLECT {
    MATCH (n1:Visit)
    WHERE (n1.marking <= $q.open OR n1.audience IN $q.audiences)
      AND (n1.costPerDelegateAmount >= $q.p4)
      AND (n1.costPerDelegateCurrency = $q.p5)
      AND ((n1.note IS NULL) = $q.p6)
      AND n1.id IS NOT NULL
    WITH n1
    ORDER BY n1.id
    LIMIT $q.p7
    RETURN [n1.title]
  },
  COLLECT {
    MATCH (n2:Visit)
    WHERE (n2.marking <= $q.open OR n2.audience IN $q.audiences)
      AND (n2.sinceDay >= $q.p8)
      AND (n2.sinceDay < $q.p9)
      AND ((n2.until IS NULL) = $q.p10)
      AND n2.id IS NOT NULL
    WITH n2
    ORDER BY n2.id
    LIMIT $q.p11
    RETURN [n2.title, n2.since]
  },
  COLLECT {
    MATCH (n3:Measurement)
    WHERE (n3.marking <= $q.open OR n3.audience IN $q.audiences)
      AND (n3.value > $q.p12)
      AND (n3.value <= $q.p13)
      AND n3.id IS NOT NULL
    WITH n3
    ORDER BY n3.id
    LIMIT $q.p14
    RETURN [n3.value]
  },
  COLLECT {
    MATCH (n4:City)
    WHERE ($q.p15 IN n4.aliases)
      AND n4.id IS NOT NULL
    WITH n4
    ORDER BY n4.id
    LIMIT $q.p16
    RETURN [n4.name]
  },
  COLLECT {
    MATCH (n5:Organization)
    WHERE (n5.marking <= $q.open OR n5.audience IN $q.audiences)
      AND (n5.marking > $q.p17)
      AND n5.id IS NOT NULL
    WITH n5
    ORDER BY n5.id
    LIMIT $q.p18
    RETURN [n5.name, n5.marking]
  }
] AS data
