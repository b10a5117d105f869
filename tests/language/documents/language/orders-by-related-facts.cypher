RETURN [
  COLLECT {
    MATCH (n0:Effort)
    WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
      AND (n0.id IN coalesce($q.p0, []))
    WITH
      n0,
      head(COLLECT {
        MATCH (n0)<-[r1:SPENT]-(n1)
        WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
        WITH n1
        ORDER BY n1.id
        LIMIT 1
        RETURN n1.name
      }) AS k0_0
    WITH n0, k0_0
    ORDER BY k0_0, n0.sinceDay IS NULL, n0.sinceDay DESC, n0.id DESC
    LIMIT $q.p1
    RETURN [n0.id, n0.level >= 4]
  },
  COLLECT {
    MATCH (n2:Effort)
    WHERE (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
      AND (n2.id IN coalesce($q.p2, []))
    WITH
      n2,
      head(COLLECT {
        MATCH (n2)<-[r3:SPENT]-(n3)
        WHERE (r3.level <= $q.openAll OR r3.audience IN $q.audiencesAll)
        WITH n3
        ORDER BY n3.id
        LIMIT 1
        RETURN head(COLLECT {
          MATCH (n3)-[r4:IN_COUNTRY]->(n4)
          WITH n4
          ORDER BY n4.id
          LIMIT 1
          RETURN n4.name
        })
      }) AS k2_0
    WITH n2, k2_0
    ORDER BY k2_0, n2.id
    LIMIT $q.p3
    RETURN [n2.id, n2.level >= 4]
  },
  COLLECT {
    MATCH (n5:Person)
    WHERE (n5.level <= $q.openAll OR n5.audience IN $q.audiencesAll)
      AND (n5.id IN coalesce($q.p4, []))
    WITH
      n5,
      COUNT {
        MATCH (n5)-[r6:WORKS_WITH]->(n6)
        WHERE (r6.level <= $q.openAll OR r6.audience IN $q.audiencesAll)
          AND (n6.level <= $q.openAll OR n6.audience IN $q.audiencesAll)
      } AS k5_0
    WITH n5, k5_0
    ORDER BY k5_0 DESC, n5.id DESC
    LIMIT $q.p5
    RETURN [n5.id, n5.level >= 4]
  },
  COLLECT {
    MATCH (n7:Person)
    WHERE (n7.level <= $q.openAll OR n7.audience IN $q.audiencesAll)
      AND (n7.id IN coalesce($q.p6, []))
    WITH
      n7,
      COUNT {
        MATCH (n7)-[r8:WORKS_WITH]->(n8)
        WHERE (r8.level <= $q.openAll OR r8.audience IN $q.audiencesAll)
          AND (n8.level <= $q.openAll OR n8.audience IN $q.audiencesAll)
      } AS k7_0
    WITH n7, k7_0
    ORDER BY k7_0, n7.id
    LIMIT $q.p7
    RETURN [n7.id, n7.level >= 4]
  }
] AS data
