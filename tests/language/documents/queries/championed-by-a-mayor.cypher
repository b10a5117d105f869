RETURN [COLLECT {
  MATCH (n0:Project)
  WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
    AND EXISTS {
      MATCH (n0)<-[r1:CHAMPIONS]-(n1)
      WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
        AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
        AND EXISTS {
          MATCH (n1)-[r2:HOLDS]->(n2)
          WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
            AND (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
            AND (n2.name STARTS WITH $q.p0)
        }
    }
    AND n0.name IS NOT NULL
    AND n0.id IS NOT NULL
  WITH n0
  ORDER BY n0.name, n0.id
  LIMIT $q.p1
  RETURN [
    n0.name,
    n0.status,
    COLLECT {
      MATCH (n0)<-[r3:CHAMPIONS]-(n3)
      WHERE (r3.level <= $q.openAll OR r3.audience IN $q.audiencesAll)
        AND (n3.level <= $q.openAll OR n3.audience IN $q.audiencesAll)
        AND EXISTS {
          MATCH (n3)-[r4:HOLDS]->(n4)
          WHERE (r4.level <= $q.openAll OR r4.audience IN $q.audiencesAll)
            AND (n4.level <= $q.openAll OR n4.audience IN $q.audiencesAll)
            AND (n4.name STARTS WITH $q.p2)
        }
      WITH n3, r3
      ORDER BY n3.id, r3.id
      LIMIT $q.p3
      RETURN [
        r3.since,
        n3.name,
        COLLECT {
          MATCH (n3)-[r5:HOLDS]->(n5)
          WHERE (r5.level <= $q.openAll OR r5.audience IN $q.audiencesAll)
            AND (n5.level <= $q.openAll OR n5.audience IN $q.audiencesAll)
          WITH n5, r5
          ORDER BY n5.id, r5.id
          LIMIT $q.p4
          RETURN [r5.since, r5.until, n5.name, r5.level >= 4 OR n5.level >= 4]
        },
        r3.level >= 4 OR n3.level >= 4
      ]
    },
    n0.level >= 4
  ]
}] AS data
