RETURN [COLLECT {
  WITH COLLECT {
    MATCH (n0:Benchmark)
    WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
      AND EXISTS {
        MATCH (n0)-[r1:PROMPTED_BY]->(n1)
        WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
          AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
      }
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
      MATCH (n0:Benchmark)
      WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
        AND EXISTS {
          MATCH (n0)-[r1:PROMPTED_BY]->(n1)
          WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
            AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
        }
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
    head(COLLECT {
      MATCH (n0)-[r2:OF_CITY]->(n2)
      WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
      WITH n2, r2
      ORDER BY n2.id, r2.id
      LIMIT 1
      RETURN [n2.name, r2.level >= 4]
    }),
    head(COLLECT {
      MATCH (n0)-[r3:AGAINST_CITY]->(n3)
      WHERE (r3.level <= $q.openAll OR r3.audience IN $q.audiencesAll)
      WITH n3, r3
      ORDER BY n3.id, r3.id
      LIMIT 1
      RETURN [n3.name, r3.level >= 4]
    }),
    n0.indicator,
    n0.unit,
    n0.ownValue,
    n0.comparatorValue,
    n0.purpose,
    n0.since,
    COLLECT {
      MATCH (n0)-[r4:PROMPTED_BY]->(n4)
      WHERE (r4.level <= $q.openAll OR r4.audience IN $q.audiencesAll)
        AND (n4.level <= $q.openAll OR n4.audience IN $q.audiencesAll)
      WITH n4, r4
      ORDER BY n4.id, r4.id
      LIMIT $q.p1
      RETURN [n4.title, r4.level >= 4 OR n4.level >= 4]
    },
    n0.confidence,
    n0.level >= 4
  ]
}] AS data
