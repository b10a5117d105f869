RETURN [
  [COLLECT {
    MATCH (n0:Organization)
    WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
      AND (n0.id IN coalesce($q.p0, []))
    WITH n0, n0.marking AS g0_0, n0.confidence AS g0_1
    WITH g0_0, g0_1, [count(*)] AS v0
    WITH g0_0, g0_1, v0, v0[0] AS k0_0, g0_0 AS k0_1, g0_1 AS k0_2
    ORDER BY k0_0 DESC, k0_1, k0_2
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
