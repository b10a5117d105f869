RETURN [COLLECT {
  MATCH (n0:Person)
  WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
    AND EXISTS {
      MATCH (n0)-[r1:LISTED_ON]->(n1)
      WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
        AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
        AND EXISTS {
          MATCH (n1)-[r2:OF_CITY]->(n2)
          WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
            AND (n2.id = $q.p0)
        }
    }
    AND n0.name IS NOT NULL
    AND n0.id IS NOT NULL
  WITH n0
  ORDER BY n0.name, n0.id
  LIMIT $q.p1
  RETURN [
    n0.name,
    COLLECT {
      MATCH (n0)-[r3:TRUSTS]->(n3)
      WHERE (r3.level <= $q.openAll OR r3.audience IN $q.audiencesAll)
        AND (n3.level <= $q.openAll OR n3.audience IN $q.audiencesAll)
        AND (r3.since = $q.p2)
      WITH n3, r3
      ORDER BY n3.id, r3.id
      LIMIT $q.p3
      RETURN [
        n3.name,
        head(COLLECT {
          MATCH (n4:Fact {id: r3.wave})
          WHERE n4:Wave
            AND (n4.level <= $q.openAll OR n4.audience IN $q.audiencesAll)
          MATCH (n4)-[r5:OF_ROSTER]->(n5), (n5)<-[r6:OF_ROSTER]-(n6)
          WHERE (r5.level <= $q.openAll OR r5.audience IN $q.audiencesAll)
            AND (n5.level <= $q.openAll OR n5.audience IN $q.audiencesAll)
            AND (r6.level <= $q.openAll OR r6.audience IN $q.audiencesAll)
            AND (n6.level <= $q.openAll OR n6.audience IN $q.audiencesAll)
            AND n6.sinceDay < n4.sinceDay
          WITH n4, n5, n6
          ORDER BY n6.sinceDay DESC, n6.id, n5.id
          LIMIT 1
          RETURN CASE
            WHEN EXISTS {
              WITH startNode(r3) AS v7
              MATCH (v7)-[r7:TRUSTS]->(n7)
              WHERE (r7.level <= $q.openAll OR r7.audience IN $q.audiencesAll)
                AND (n7.level <= $q.openAll OR n7.audience IN $q.audiencesAll)
                AND n7 = endNode(r3)
                AND r7.wave = n6.id
            } THEN 'PRESENT'
            WHEN EXISTS {
              WITH startNode(r3) AS v8
              MATCH (v8)-[r8:ANSWERED]->(n8)
              WHERE (r8.level <= $q.openAll OR r8.audience IN $q.audiencesAll)
                AND (n8.level <= $q.openAll OR n8.audience IN $q.audiencesAll)
                AND n8 = n6
                AND r8.consent IN ['NAMED', 'PSEUDONYM']
            } AND EXISTS {
              WITH endNode(r3) AS v9
              MATCH (v9)-[r9:LISTED_ON]->(n9)
              WHERE (r9.level <= $q.openAll OR r9.audience IN $q.audiencesAll)
                AND (n9.level <= $q.openAll OR n9.audience IN $q.audiencesAll)
                AND n9 = n5
                AND (r9.sinceDay IS NULL OR r9.sinceDay <= n6.sinceDay)
                AND (r9.untilDay IS NULL OR r9.untilDay > n6.sinceDay)
            } THEN 'ABSENT'
            ELSE 'UNKNOWN'
          END
        }),
        r3.strength,
        r3.level >= 4 OR n3.level >= 4
      ]
    },
    n0.level >= 4
  ]
}] AS data
