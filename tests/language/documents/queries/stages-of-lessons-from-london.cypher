RETURN [
  head(COLLECT {
    MATCH (n0:Lesson)
    WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
      AND EXISTS {
        MATCH (n0)-[r1:FROM]->(n1)
        WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
          AND (n1.id = $q.p0)
      }
    RETURN [count(*)]
  }) + [COLLECT {
    MATCH (n0:Lesson)
    WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
      AND EXISTS {
        MATCH (n0)-[r1:FROM]->(n1)
        WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
          AND (n1.id = $q.p0)
      }
    WITH n0, n0.stage AS g0_0, n0.form AS g0_1, n0.confidence AS g0_2
    WITH g0_0, g0_1, g0_2, [count(*)] AS v0
    WITH g0_0, g0_1, g0_2, v0, v0[0] AS k0_0, g0_0 AS k0_1, g0_1 AS k0_2, g0_2 AS k0_3
    ORDER BY k0_0 DESC, k0_1, k0_2, k0_3
    LIMIT $q.p2
    RETURN [g0_0, g0_1, g0_2] + v0
  }],
  EXISTS {
    MATCH (n0:Lesson)
    WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
      AND EXISTS {
        MATCH (n0)-[r1:FROM]->(n1)
        WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
          AND (n1.id = $q.p0)
      }
      AND (n0.level >= 4)
    RETURN n0
  }
] AS data
