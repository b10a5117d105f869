RETURN [
  COLLECT {
    MATCH (n0:Visit)
    WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
      AND (n0.id IN coalesce($q.p0, []))
      AND EXISTS {
        MATCH (n0)-[r1:MADE_BY]->(n1)
        WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
          AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
          AND (head([l IN labels(n1) WHERE l <> 'Fact']) IN coalesce($q.p1, []))
      }
      AND n0.id IS NOT NULL
    WITH n0
    ORDER BY n0.id
    LIMIT $q.p2
    RETURN [n0.id, n0.level >= 4]
  },
  COLLECT {
    MATCH (n2:Visit)
    WHERE (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
      AND (n2.id IN coalesce($q.p3, []))
      AND EXISTS {
        MATCH (n2)-[r3:HOSTED_BY]->(n3)
        WHERE (r3.level <= $q.openAll OR r3.audience IN $q.audiencesAll)
          AND (n3.level <= $q.openAll OR n3.audience IN $q.audiencesAll)
          AND (head([l IN labels(n3) WHERE l <> 'Fact']) IN coalesce($q.p4, []))
      }
      AND n2.id IS NOT NULL
    WITH n2
    ORDER BY n2.id
    LIMIT $q.p5
    RETURN [n2.id, n2.level >= 4]
  },
  COLLECT {
    MATCH (n4:Person)
    WHERE (n4.level <= $q.openAll OR n4.audience IN $q.audiencesAll)
      AND (n4.id IN coalesce($q.p6, []))
      AND EXISTS {
        MATCH (n4)-[r5:MEMBER_OF]->(n5)
        WHERE (r5.level <= $q.openAll OR r5.audience IN $q.audiencesAll)
          AND (n5.level <= $q.openAll OR n5.audience IN $q.audiencesAll)
          AND EXISTS {
            MATCH (n5)<-[r6:MEMBER_OF]-(n6)
            WHERE (r6.level <= $q.openAll OR r6.audience IN $q.audiencesAll)
              AND (n6.level <= $q.openAll OR n6.audience IN $q.audiencesAll)
              AND (head([l IN labels(n6) WHERE l <> 'Fact']) = $q.p7)
          }
      }
      AND n4.id IS NOT NULL
    WITH n4
    ORDER BY n4.id
    LIMIT $q.p8
    RETURN [n4.id, n4.level >= 4]
  },
  COLLECT {
    MATCH (n7:Organization)
    WHERE (n7.level <= $q.openAll OR n7.audience IN $q.audiencesAll)
      AND (n7.id IN coalesce($q.p9, []))
      AND NOT EXISTS {
        MATCH (n7)<-[r8:MEMBER_OF]-(n8)
        WHERE (r8.level <= $q.openAll OR r8.audience IN $q.audiencesAll)
          AND (n8.level <= $q.openAll OR n8.audience IN $q.audiencesAll)
          AND (
            head([l IN labels(n8) WHERE l <> 'Fact']) IS NOT NULL
            AND NOT head([l IN labels(n8) WHERE l <> 'Fact']) IN $q.p10
          )
      }
      AND n7.id IS NOT NULL
    WITH n7
    ORDER BY n7.id
    LIMIT $q.p11
    RETURN [n7.id, n7.level >= 4]
  },
  COLLECT {
    MATCH (n9:Organization)
    WHERE (n9.level <= $q.openAll OR n9.audience IN $q.audiencesAll)
      AND (n9.id IN coalesce($q.p12, []))
      AND EXISTS {
        MATCH (n9)<-[r10:MEMBER_OF]-(n10)
        WHERE (r10.level <= $q.openAll OR r10.audience IN $q.audiencesAll)
          AND (n10.level <= $q.openAll OR n10.audience IN $q.audiencesAll)
          AND (n10.name = $q.p13)
          AND (n10.marking = $q.p14)
      }
      AND n9.id IS NOT NULL
    WITH n9
    ORDER BY n9.id
    LIMIT $q.p15
    RETURN [n9.id, n9.level >= 4]
  }
] AS data
