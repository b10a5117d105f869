RETURN [COLLECT {
  MATCH (n0:Fact {id: $q.p0})
  WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
    AND n0:Visit
  RETURN [
    COLLECT {
      UNWIND n0.sources AS i1
      MATCH (n1:Fact {id: i1})
      WHERE (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
        AND n1:Source
      WITH DISTINCT n1
      ORDER BY n1.id
      LIMIT 100
      RETURN [n1.title, n1.level >= 4]
    },
    COLLECT {
      MATCH (n0)-[r2:HOSTED_BY]->(n2)
      WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
        AND (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
      WITH n2, r2
      ORDER BY n2.id, r2.id
      LIMIT $q.p1
      RETURN [
        COLLECT {
          UNWIND r2.sources AS i3
          MATCH (n3:Fact {id: i3})
          WHERE (n3.level <= $q.openAll OR n3.audience IN $q.audiencesAll)
            AND n3:Source
          WITH DISTINCT n3
          ORDER BY n3.id
          LIMIT 100
          RETURN [n3.id, n3.level >= 4]
        },
        r2.level >= 4 OR n2.level >= 4
      ]
    },
    n0.level >= 4
  ]
}] AS data
