RETURN [COLLECT {
  WITH COLLECT {
    MATCH (n0:InnovationPlan)
    WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
      AND n0.sinceDay IS NOT NULL
      AND n0.id IS NOT NULL
    WITH n0
    ORDER BY n0.sinceDay, n0.id
    LIMIT $q.p0
    RETURN n0
  } AS a0
  CALL (a0) {
    UNWIND CASE WHEN size(a0) < $q.p0 THEN [0] ELSE [] END AS g0
    CALL (g0) {
      MATCH (n0:InnovationPlan)
      WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
        AND n0.sinceDay IS NULL
        AND n0.id IS NOT NULL
      WITH n0
      ORDER BY n0.id
      LIMIT $q.p0
      RETURN n0 AS s0
    }
    RETURN collect(s0) AS b0
  }
  WITH a0 + b0 AS a0
  UNWIND a0 AS n0
  WITH n0
  LIMIT $q.p0
  RETURN [
    n0.name,
    head(COLLECT {
      MATCH (n0)-[r1:OF_ORGANIZATION]->(n1)
      WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
        AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
      WITH n1, r1
      ORDER BY n1.id, r1.id
      LIMIT 1
      RETURN [n1.name, r1.level >= 4 OR n1.level >= 4]
    }),
    n0.difference,
    n0.steps,
    n0.rules,
    COLLECT {
      MATCH (n0)<-[r2:UNDER_PLAN]-(n2)
      WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
        AND (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
      WITH n2, r2
      ORDER BY n2.sinceDay, n2.id
      LIMIT $q.p1
      RETURN [
        n2.since,
        n2.until,
        n2.site,
        n2.result,
        COLLECT {
          MATCH (n2)-[r3:TRIES]->(n3)
          WHERE (r3.level <= $q.openAll OR r3.audience IN $q.audiencesAll)
            AND (n3.level <= $q.openAll OR n3.audience IN $q.audiencesAll)
          WITH n3, r3
          ORDER BY n3.id, r3.id
          LIMIT $q.p2
          RETURN [head([l IN labels(n3) WHERE l <> 'Fact']), n3.name, r3.level >= 4 OR n3.level >= 4]
        },
        r2.level >= 4 OR n2.level >= 4
      ]
    },
    n0.level >= 4
  ]
}] AS data
