RETURN [COLLECT {
  WITH COLLECT {
    MATCH (n0:Problem)
    WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
      AND EXISTS {
        MATCH (n0)-[r1:RAISED_IN]->(n1)
        WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
          AND EXISTS {
            MATCH (n1)-[r2:IN_COUNTRY]->(n2)
            WHERE (n2.name = $q.p0)
          }
      }
      AND n0.sinceDay IS NOT NULL
      AND n0.id IS NOT NULL
    WITH n0
    ORDER BY n0.sinceDay, n0.id
    LIMIT $q.p1
    RETURN n0
  } AS a0
  CALL (a0) {
    UNWIND CASE WHEN size(a0) < $q.p1 THEN [0] ELSE [] END AS g0
    CALL (g0) {
      MATCH (n0:Problem)
      WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
        AND EXISTS {
          MATCH (n0)-[r1:RAISED_IN]->(n1)
          WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
            AND EXISTS {
              MATCH (n1)-[r2:IN_COUNTRY]->(n2)
              WHERE (n2.name = $q.p0)
            }
        }
        AND n0.sinceDay IS NULL
        AND n0.id IS NOT NULL
      WITH n0
      ORDER BY n0.id
      LIMIT $q.p1
      RETURN n0 AS s0
    }
    RETURN collect(s0) AS b0
  }
  WITH a0 + b0 AS a0
  UNWIND a0 AS n0
  WITH n0
  LIMIT $q.p1
  RETURN [
    n0.statement,
    n0.heard,
    n0.evidence,
    COLLECT {
      MATCH (n0)<-[r3:SOLVES]-(n3)
      WHERE (r3.level <= $q.openAll OR r3.audience IN $q.audiencesAll)
        AND (n3.level <= $q.openAll OR n3.audience IN $q.audiencesAll)
      WITH n3, r3
      ORDER BY n3.id, r3.id
      LIMIT $q.p2
      RETURN [
        n3.name,
        COLLECT {
          MATCH (n3)-[r4:INVOLVES]->(n4)
          WHERE (r4.level <= $q.openAll OR r4.audience IN $q.audiencesAll)
            AND (n4.level <= $q.openAll OR n4.audience IN $q.audiencesAll)
          WITH n4, r4
          ORDER BY r4.sinceDay, r4.id
          LIMIT $q.p3
          RETURN [
            r4.since,
            r4.way,
            head([l IN labels(n4) WHERE l <> 'Fact']),
            n4.name,
            r4.level >= 4 OR n4.level >= 4
          ]
        },
        r3.level >= 4 OR n3.level >= 4
      ]
    },
    n0.level >= 4
  ]
}] AS data
