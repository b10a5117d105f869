RETURN [
  head(COLLECT {
    MATCH (n0:Effort)
    WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
      AND (n0.id IN coalesce($q.p0, []))
    WITH n0
    ORDER BY n0.id
    RETURN [
      count(*),
      [min(n0.spentAmount), min(n0.spentCurrency), max(n0.spentCurrency)],
      toString(min(n0.sinceDay)),
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
  }) + [COLLECT {
    MATCH (n0:Effort)
    WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
      AND (n0.id IN coalesce($q.p0, []))
    WITH
      n0,
      head(COLLECT {
        MATCH (n0)<-[r1:SPENT]-(n1)
        WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
        WITH n1
        ORDER BY n1.id
        LIMIT 1
        RETURN n1
      }) AS n1
    WITH n1, [count(*)] AS v0
    WITH n1, v0, v0[0] AS k0_0, n1.id AS k0_1
    ORDER BY k0_0 DESC, k0_1
    LIMIT $q.p2
    RETURN [CASE WHEN n1 IS NOT NULL THEN [n1.name] END] + v0
  }],
  EXISTS {
    MATCH (n0:Effort)
    WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
      AND (n0.id IN coalesce($q.p0, []))
      AND (n0.level >= 4)
    RETURN n0
  },
  EXISTS {
    MATCH (n0:Effort)
    WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
      AND (n0.id IN coalesce($q.p0, []))
    MATCH (n0)<-[r1:SPENT]-(n1)
    WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
      AND (r1.level >= 4)
    RETURN n1
  }
] AS data
