RETURN [
  COLLECT {
    MATCH (n0:Person)
    WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
      AND EXISTS {
        MATCH (n0)-[r1:MEMBER_OF]->(n1)
        WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
          AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
          AND EXISTS {
            MATCH (n1)<-[r2:MEMBER_OF]-(n2)
            WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
              AND (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
              AND (n2.name STARTS WITH $q.p0)
              AND (head([l IN labels(n2) WHERE l <> 'Fact']) = $q.p1)
          }
      }
      AND n0.id IS NOT NULL
    WITH n0
    ORDER BY n0.id
    LIMIT $q.p2
    RETURN [n0.name, n0.level >= 4]
  },
  COLLECT {
    MATCH (n3:Organization)
    WHERE (n3.level <= $q.openAll OR n3.audience IN $q.audiencesAll)
      AND (n3.id IN coalesce($q.p3, []))
      AND NOT EXISTS {
        MATCH (n3)<-[r4:MEMBER_OF]-(n4)
        WHERE (r4.level <= $q.openAll OR r4.audience IN $q.audiencesAll)
          AND (n4.level <= $q.openAll OR n4.audience IN $q.audiencesAll)
          AND NOT coalesce((n4.since IS NULL) = $q.p4, false)
      }
      AND n3.id IS NOT NULL
    WITH n3
    ORDER BY n3.id
    LIMIT $q.p5
    RETURN [n3.id, n3.level >= 4]
  },
  COLLECT {
    MATCH (n5:Organization)
    WHERE (n5.level <= $q.openAll OR n5.audience IN $q.audiencesAll)
      AND (n5.id IN coalesce($q.p6, []))
      AND (
        (NOT EXISTS {
          MATCH (n5)<-[r6:MEMBER_OF]-(n6)
          WHERE (r6.level <= $q.openAll OR r6.audience IN $q.audiencesAll)
            AND (n6.level <= $q.openAll OR n6.audience IN $q.audiencesAll)
        })
        OR ((COUNT {
          MATCH (n5)<-[r7:MEMBER_OF]-(n7)
          WHERE (r7.level <= $q.openAll OR r7.audience IN $q.audiencesAll)
            AND (n7.level <= $q.openAll OR n7.audience IN $q.audiencesAll)
        } > $q.p7))
      )
      AND n5.id IS NOT NULL
    WITH n5
    ORDER BY n5.id
    LIMIT $q.p8
    RETURN [n5.id, n5.level >= 4]
  }
] AS data
