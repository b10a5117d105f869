RETURN [COLLECT {
  WITH COLLECT {
    MATCH (n0:Wave)
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
      MATCH (n0:Wave)
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
  WITH
    n0,
    [
      n0.name,
      n0.since,
      n0.invited,
      n0.answered,
      [n0.answered, n0.invited],
      head(COLLECT {
        MATCH (n0)-[r1:OF_ROSTER]->(n1), (n1)<-[r2:OF_ROSTER]-(n2)
        WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
          AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
          AND (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
          AND (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
          AND n2.sinceDay < n0.sinceDay
        WITH n0, n1, n2
        ORDER BY n2.sinceDay DESC, n2.id, n1.id
        LIMIT 1
        OPTIONAL MATCH (n1)<-[r3:LISTED_ON]-(n3), (n3)-[r4:TRUSTS]->(n4)
        WHERE (r3.level <= $q.openAll OR r3.audience IN $q.audiencesAll)
          AND (n3.level <= $q.openAll OR n3.audience IN $q.audiencesAll)
          AND (r4.level <= $q.openAll OR r4.audience IN $q.audiencesAll)
          AND (n4.level <= $q.openAll OR n4.audience IN $q.audiencesAll)
          AND r4.wave IN [n0.id, n2.id]
        WITH n0, n1, n2, n3, n4, collect(DISTINCT r4.wave) AS s4
        WITH n0, n1, n2, n3, n4, s4, CASE WHEN s4 = [n0.id] THEN n2 ELSE n0 END AS c4
        WITH
          n0,
          n2,
          s4,
          size(s4) = 1 AND EXISTS {
            WITH n3 AS v5
            MATCH (v5)-[r5:ANSWERED]->(n5)
            WHERE (r5.level <= $q.openAll OR r5.audience IN $q.audiencesAll)
              AND (n5.level <= $q.openAll OR n5.audience IN $q.audiencesAll)
              AND n5 = c4
              AND r5.consent IN ['NAMED', 'PSEUDONYM']
          } AND EXISTS {
            WITH n4 AS v6
            MATCH (v6)-[r6:LISTED_ON]->(n6)
            WHERE (r6.level <= $q.openAll OR r6.audience IN $q.audiencesAll)
              AND (n6.level <= $q.openAll OR n6.audience IN $q.audiencesAll)
              AND n6 = n1
              AND (r6.sinceDay IS NULL OR r6.sinceDay <= c4.sinceDay)
              AND (r6.untilDay IS NULL OR r6.untilDay > c4.sinceDay)
          } AS c4
        WITH
          n2,
          [
            count(CASE WHEN size(s4) = 2 THEN 1 END),
            count(CASE WHEN c4 AND s4 = [n0.id] THEN 1 END),
            count(CASE WHEN c4 AND s4 = [n2.id] THEN 1 END),
            count(CASE WHEN size(s4) > 0 THEN 1 END)
          ] AS c4
        RETURN c4
      }),
      head(COLLECT {
        MATCH (n0)-[r7:OF_ROSTER]->(n7)
        WHERE (r7.level <= $q.openAll OR r7.audience IN $q.audiencesAll)
          AND (n7.level <= $q.openAll OR n7.audience IN $q.audiencesAll)
        WITH n7, r7
        ORDER BY n7.id, r7.id
        LIMIT 1
        RETURN [
          head(COLLECT {
            MATCH (n7)-[r8:OF_CITY]->(n8)
            WHERE (r8.level <= $q.openAll OR r8.audience IN $q.audiencesAll)
            WITH n8, r8
            ORDER BY n8.id, r8.id
            LIMIT 1
            RETURN [n8.name, r8.level >= 4]
          }),
          r7.level >= 4 OR n7.level >= 4
        ]
      }),
      n0.level >= 4
    ] AS s0
  RETURN s0
}] AS data
