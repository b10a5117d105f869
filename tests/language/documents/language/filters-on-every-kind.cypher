RETURN [
  COLLECT {
    MATCH (n0:Organization)
    WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
      AND (n0.name STARTS WITH $q.p0)
      AND (n0.kind IN coalesce($q.p1, []))
      AND (n0.learningMandate = $q.p2)
      AND n0.id IS NOT NULL
    WITH n0
    ORDER BY n0.id
    LIMIT $q.p3
    RETURN [n0.name, n0.level >= 4]
  },
  COLLECT {
    MATCH (n1:Visit)
    WHERE (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
      AND (n1.costPerDelegateAmount >= $q.p4)
      AND (n1.costPerDelegateCurrency = $q.p5)
      AND ((n1.note IS NULL) = $q.p6)
      AND n1.id IS NOT NULL
    WITH n1
    ORDER BY n1.id
    LIMIT $q.p7
    RETURN [n1.title, n1.level >= 4]
  },
  COLLECT {
    MATCH (n2:Visit)
    WHERE (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
      AND (n2.sinceDay >= $q.p8)
      AND (n2.sinceDay < $q.p9)
      AND ((n2.until IS NULL) = $q.p10)
      AND n2.id IS NOT NULL
    WITH n2
    ORDER BY n2.id
    LIMIT $q.p11
    RETURN [n2.title, n2.since, n2.level >= 4]
  },
  COLLECT {
    MATCH (n3:Measurement)
    WHERE (n3.level <= $q.openAll OR n3.audience IN $q.audiencesAll)
      AND (n3.value > $q.p12)
      AND (n3.value <= $q.p13)
      AND n3.id IS NOT NULL
    WITH n3
    ORDER BY n3.id
    LIMIT $q.p14
    RETURN [n3.value, n3.level >= 4]
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
    WHERE (n5.level <= $q.openAll OR n5.audience IN $q.audiencesAll)
      AND (n5.marking > $q.p17)
      AND n5.id IS NOT NULL
    WITH n5
    ORDER BY n5.id
    LIMIT $q.p18
    RETURN [n5.name, n5.marking, n5.level >= 4]
  }
] AS data
