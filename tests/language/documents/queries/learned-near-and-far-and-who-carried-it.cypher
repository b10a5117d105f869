RETURN [COLLECT {
  MATCH (n0:Lesson)
  WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
    AND ((n0.distance IS NULL) = $q.p0)
    AND EXISTS {
      MATCH (n0)<-[r1:LEARNED]-(n1)
      WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
        AND (n1.id IN coalesce($q.p1, []))
    }
  WITH
    n0,
    head(COLLECT {
      MATCH (n0)<-[r2:LEARNED]-(n2)
      WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
      WITH n2
      ORDER BY n2.id
      LIMIT 1
      RETURN n2.name
    }) AS k0_0
  WITH n0, k0_0
  ORDER BY k0_0, n0.sinceDay, n0.id
  LIMIT $q.p2
  RETURN [
    head(COLLECT {
      MATCH (n0)<-[r3:LEARNED]-(n3)
      WHERE (r3.level <= $q.openAll OR r3.audience IN $q.audiencesAll)
      WITH n3, r3
      ORDER BY n3.id, r3.id
      LIMIT 1
      RETURN [n3.name, r3.level >= 4]
    }),
    n0.distance,
    COLLECT {
      MATCH (n0)-[r4:FROM]->(n4)
      WHERE (r4.level <= $q.openAll OR r4.audience IN $q.audiencesAll)
      WITH n4, r4
      ORDER BY n4.id, r4.id
      LIMIT $q.p3
      RETURN [n4.name, r4.level >= 4]
    },
    n0.statement,
    COLLECT {
      MATCH (n0)-[r5:CARRIED_BY]->(n5)
      WHERE (r5.level <= $q.openAll OR r5.audience IN $q.audiencesAll)
        AND (n5.level <= $q.openAll OR n5.audience IN $q.audiencesAll)
      WITH n5, r5
      ORDER BY n5.id, r5.id
      LIMIT $q.p4
      RETURN [
        r5.relation,
        head([l IN labels(n5) WHERE l <> 'Fact']),
        CASE
          WHEN n5:City|Council THEN [n5.name]
          WHEN n5:Person THEN [n5.name, n5.sector]
          WHEN n5:Organization THEN [n5.name, n5.kind]
        END,
        r5.level >= 4 OR n5.level >= 4
      ]
    },
    n0.level >= 4
  ]
}] AS data
