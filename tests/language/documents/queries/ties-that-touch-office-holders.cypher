RETURN [COLLECT {
  MATCH (n0:Office)
  WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
    AND EXISTS {
      MATCH (n0)-[r1:OFFICE_OF]->(n1)
      WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
        AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
        AND (n1.id = $q.p0)
    }
    AND EXISTS {
      MATCH (n0)<-[r2:HOLDS]-(n2)
      WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
        AND (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
        AND EXISTS {
          MATCH (n2)<-[r3:KNOWS]-(n3)
          WHERE (r3.level <= $q.openAll OR r3.audience IN $q.audiencesAll)
            AND (n3.level <= $q.openAll OR n3.audience IN $q.audiencesAll)
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
      MATCH (n0)<-[r4:HOLDS]-(n4)
      WHERE (r4.level <= $q.openAll OR r4.audience IN $q.audiencesAll)
        AND (n4.level <= $q.openAll OR n4.audience IN $q.audiencesAll)
      WITH n4, r4
      ORDER BY r4.sinceDay, r4.id
      LIMIT $q.p2
      RETURN [
        r4.since,
        r4.until,
        n4.name,
        COUNT {
          MATCH (n4)<-[r5:KNOWS]-(n5)
          WHERE (r5.level <= $q.openAll OR r5.audience IN $q.audiencesAll)
            AND (n5.level <= $q.openAll OR n5.audience IN $q.audiencesAll)
        },
        COLLECT {
          MATCH (n4)<-[r5:KNOWS]-(n5)
          WHERE (r5.level <= $q.openAll OR r5.audience IN $q.audiencesAll)
            AND (n5.level <= $q.openAll OR n5.audience IN $q.audiencesAll)
          WITH n5, r5
          ORDER BY r5.sinceDay, r5.id
          LIMIT $q.p3
          RETURN [r5.since, r5.until, n5.name, r5.level >= 4 OR n5.level >= 4]
        },
        EXISTS {
          MATCH (n4)<-[r5:KNOWS]-(n5)
          WHERE (r5.level <= $q.openAll OR r5.audience IN $q.audiencesAll)
            AND (n5.level <= $q.openAll OR n5.audience IN $q.audiencesAll)
            AND (r5.level >= 4 OR n5.level >= 4)
          RETURN n5
        },
        r4.level >= 4 OR n4.level >= 4
      ]
    },
    n0.level >= 4
  ]
}] AS data
