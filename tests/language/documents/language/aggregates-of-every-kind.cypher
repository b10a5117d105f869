RETURN [
  head(COLLECT {
    MATCH (n0:Effort)
    WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
      AND (n0.id IN coalesce($q.p0, []))
    WITH n0
    ORDER BY n0.id
    RETURN [
      count(*),
      min(n0.hours),
      min(n0.people),
      [min(n0.spentAmount), min(n0.spentCurrency), max(n0.spentCurrency)],
      toString(min(n0.sinceDay)),
      toString(min(n0.untilDay)),
      min(n0.recordedAt).epochMillis,
      max(n0.hours),
      max(n0.people),
      [max(n0.spentAmount), min(n0.spentCurrency), max(n0.spentCurrency)],
      toString(max(n0.sinceDay)),
      [count(n0.hours), sum(n0.hours)],
      [count(n0.people), sum(n0.people)],
      [
        count(n0.spentAmount),
        sum(n0.spentAmount % 1048576),
        sum(n0.spentAmount / 1048576),
        min(n0.spentCurrency),
        max(n0.spentCurrency)
      ]
    ]
  }),
  head(COLLECT {
    MATCH (n1:Effort)
    WHERE (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
      AND (n1.id = $q.p2)
    WITH n1
    ORDER BY n1.id
    RETURN [
      count(*),
      toString(min(n1.sinceDay)),
      [count(n1.hours), sum(n1.hours)],
      [count(n1.people), sum(n1.people)],
      [
        count(n1.spentAmount),
        sum(n1.spentAmount % 1048576),
        sum(n1.spentAmount / 1048576),
        min(n1.spentCurrency),
        max(n1.spentCurrency)
      ]
    ]
  }) + [COLLECT {
    MATCH (n1:Effort)
    WHERE (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
      AND (n1.id = $q.p2)
    WITH n1, n1.confidence AS g1_0
    WITH g1_0, [count(*)] AS v1
    WITH g1_0, v1, v1[0] AS k1_0, g1_0 AS k1_1
    ORDER BY k1_0 DESC, k1_1
    LIMIT $q.p4
    RETURN [g1_0] + v1
  }],
  EXISTS {
    MATCH (n0:Effort)
    WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
      AND (n0.id IN coalesce($q.p0, []))
      AND (n0.level >= 4)
    RETURN n0
  },
  EXISTS {
    MATCH (n1:Effort)
    WHERE (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
      AND (n1.id = $q.p2)
      AND (n1.level >= 4)
    RETURN n1
  }
] AS data
