RETURN [
  COLLECT {
    MATCH (n0:Person)
    WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
      AND (n0.id IN coalesce($q.p0, []))
      AND NOT EXISTS {
        MATCH (n0)-[r1:TRUSTS]->(n1)
        WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
          AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
          AND (r1.strength >= $q.p1)
      }
      AND n0.id IS NOT NULL
    WITH n0
    ORDER BY n0.id
    LIMIT $q.p2
    RETURN [n0.id, n0.level >= 4]
  },
  COLLECT {
    MATCH (n2:Person)
    WHERE (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
      AND (n2.id IN coalesce($q.p3, []))
      AND NOT EXISTS {
        MATCH (n2)-[r3:TRUSTS]->(n3)
        WHERE (r3.level <= $q.openAll OR r3.audience IN $q.audiencesAll)
          AND (n3.level <= $q.openAll OR n3.audience IN $q.audiencesAll)
          AND NOT coalesce(r3.strength >= $q.p4, false)
      }
      AND n2.id IS NOT NULL
    WITH n2
    ORDER BY n2.id
    LIMIT $q.p5
    RETURN [n2.id, n2.level >= 4]
  },
  COLLECT {
    MATCH (n4:Organization)
    WHERE (n4.level <= $q.openAll OR n4.audience IN $q.audiencesAll)
      AND (n4.id IN coalesce($q.p6, []))
      AND EXISTS {
        MATCH (n4)<-[r5:MEMBER_OF]-(n5)
        WHERE (r5.level <= $q.openAll OR r5.audience IN $q.audiencesAll)
          AND (n5.level <= $q.openAll OR n5.audience IN $q.audiencesAll)
          AND (r5.role = $q.p7)
      }
      AND n4.id IS NOT NULL
    WITH n4
    ORDER BY n4.id
    LIMIT $q.p8
    RETURN [n4.id, n4.level >= 4]
  },
  COLLECT {
    MATCH (n6:Visit)
    WHERE (n6.level <= $q.openAll OR n6.audience IN $q.audiencesAll)
      AND EXISTS {
        MATCH (n6)-[r7:HOSTED_BY]->(n7)
        WHERE (r7.level <= $q.openAll OR r7.audience IN $q.audiencesAll)
          AND (n7.level <= $q.openAll OR n7.audience IN $q.audiencesAll)
          AND (r7.stop > $q.p9)
          AND (n7.name = $q.p10)
      }
      AND n6.id IS NOT NULL
    WITH n6
    ORDER BY n6.id
    LIMIT $q.p11
    RETURN [n6.id, n6.level >= 4]
  },
  COLLECT {
    MATCH (n8:Effort)
    WHERE (n8.level <= $q.openAll OR n8.audience IN $q.audiencesAll)
      AND EXISTS {
        MATCH (n8)<-[r9:SPENT]-(n9)
        WHERE (r9.level <= $q.openAll OR r9.audience IN $q.audiencesAll)
          AND ((r9.note IS NULL) = $q.p12)
      }
      AND n8.id IS NOT NULL
    WITH n8
    ORDER BY n8.id
    LIMIT $q.p13
    RETURN [n8.id, n8.level >= 4]
  },
  COLLECT {
    MATCH (n10:Person)
    WHERE (n10.level <= $q.openAll OR n10.audience IN $q.audiencesAll)
      AND EXISTS {
        MATCH (n10)-[r11:MEMBER_OF]->(n11)
        WHERE (r11.level <= $q.openAll OR r11.audience IN $q.audiencesAll)
          AND (n11.level <= $q.openAll OR n11.audience IN $q.audiencesAll)
          AND EXISTS {
            MATCH (n11)<-[r12:MEMBER_OF]-(n12)
            WHERE (r12.level <= $q.openAll OR r12.audience IN $q.audiencesAll)
              AND (n12.level <= $q.openAll OR n12.audience IN $q.audiencesAll)
              AND ((r12.until IS NULL) = $q.p14)
              AND ((r12.since IS NULL) = $q.p15)
              AND (n12.name = $q.p16)
          }
      }
      AND n10.id IS NOT NULL
    WITH n10
    ORDER BY n10.id
    LIMIT $q.p17
    RETURN [n10.id, n10.level >= 4]
  }
] AS data
