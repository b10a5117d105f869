RETURN [COLLECT {
  MATCH (n0:City)
  WHERE
    EXISTS {
      MATCH (n0)-[r1:SHARED]->(n1)
      WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
        AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
    }
    AND n0.name IS NOT NULL
    AND n0.id IS NOT NULL
  WITH n0
  ORDER BY n0.name, n0.id
  LIMIT $q.p0
  RETURN [
    n0.name,
    COLLECT {
      MATCH (n0)-[r2:SHARED]->(n2)
      WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
        AND (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
      WITH n2, r2
      ORDER BY r2.sinceDay, r2.id
      LIMIT $q.p1
      RETURN [
        r2.since,
        r2.sharedWith,
        head([l IN labels(n2) WHERE l <> 'Fact']),
        CASE
          WHEN n2:Lesson THEN [n2.statement]
          WHEN n2:Idea THEN [n2.name]
          WHEN n2:Experiment THEN [n2.hypothesis, n2.learning, n2.decision]
        END,
        r2.level >= 4 OR n2.level >= 4
      ]
    }
  ]
}] AS data
