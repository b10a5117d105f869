RETURN [COLLECT {
  MATCH (n0:Fact {id: $q.p0})
  WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
    AND n0:Programme
  RETURN [
    n0.name,
    COLLECT {
      MATCH (n0)<-[r1:EDITION_OF]-(n1)
      WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
        AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
      WITH n1, r1
      ORDER BY n1.sinceDay, n1.id, r1.id
      LIMIT $q.p1
      RETURN [
        n1.title,
        n1.delegates,
        COLLECT {
          MATCH (n1)-[r2:HOSTED_BY]->(n2)
          WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
            AND (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
          WITH n2, r2
          ORDER BY r2.stop, r2.id
          LIMIT $q.p2
          RETURN [r2.stop, r2.arrived, r2.left, n2.name, r2.level >= 4 OR n2.level >= 4]
        },
        r1.level >= 4 OR n1.level >= 4
      ]
    },
    n0.level >= 4
  ]
}] AS data
