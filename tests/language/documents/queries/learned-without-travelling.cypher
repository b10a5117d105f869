RETURN [
  COUNT {
    MATCH (n0:Lesson)
    WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
      AND NOT EXISTS {
        MATCH (n0)-[r1:GAINED_ON]->(n1)
        WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
          AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
      }
  },
  COLLECT {
    MATCH (n0:Lesson)
    WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
      AND NOT EXISTS {
        MATCH (n0)-[r1:GAINED_ON]->(n1)
        WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
          AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
      }
      AND n0.id IS NOT NULL
    WITH n0
    ORDER BY n0.id
    LIMIT $q.p0
    RETURN [
      head(COLLECT {
        MATCH (n0)<-[r2:LEARNED]-(n2)
        WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
        WITH n2, r2
        ORDER BY n2.id, r2.id
        LIMIT 1
        RETURN [n2.name, r2.level >= 4]
      }),
      COLLECT {
        MATCH (n0)-[r3:FROM]->(n3)
        WHERE (r3.level <= $q.openAll OR r3.audience IN $q.audiencesAll)
        WITH n3, r3
        ORDER BY n3.id, r3.id
        LIMIT $q.p1
        RETURN [n3.name, r3.level >= 4]
      },
      COUNT {
        MATCH (n0)<-[r4:DREW_ON]-(n4)
        WHERE (r4.level <= $q.openAll OR r4.audience IN $q.audiencesAll)
          AND (n4.level <= $q.openAll OR n4.audience IN $q.audiencesAll)
      },
      n0.id,
      EXISTS {
        MATCH (n0)<-[r4:DREW_ON]-(n4)
        WHERE (r4.level <= $q.openAll OR r4.audience IN $q.audiencesAll)
          AND (n4.level <= $q.openAll OR n4.audience IN $q.audiencesAll)
          AND (r4.level >= 4 OR n4.level >= 4)
        RETURN n4
      },
      n0.level >= 4
    ]
  },
  EXISTS {
    MATCH (n0:Lesson)
    WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
      AND NOT EXISTS {
        MATCH (n0)-[r1:GAINED_ON]->(n1)
        WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
          AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
      }
      AND (n0.level >= 4)
    RETURN n0
  }
] AS data
