RETURN [
  [COLLECT {
    MATCH (n0:Organization)
    WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
      AND (n0.id IN coalesce($q.p0, []))
    WITH n0, n0.marking AS g0_0, n0.confidence AS g0_1
    WITH g0_0, g0_1, count(*) AS c0, [count(*)] AS v0
    ORDER BY c0 DESC, g0_0, g0_1
    LIMIT $q.p2
    RETURN [g0_0, g0_1] + v0
  }],
  EXISTS {
    MATCH (n0:Organization)
    WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
      AND (n0.id IN coalesce($q.p0, []))
      AND (n0.level >= 4)
    RETURN n0
  }
] AS data
