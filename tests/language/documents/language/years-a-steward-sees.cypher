RETURN [COLLECT {
  MATCH (n0:Adoption)
  WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
    AND (n0.id IN coalesce($q.p0, []))
    AND n0.id IS NOT NULL
  WITH n0
  ORDER BY n0.id
  LIMIT $q.p1
  RETURN [
    n0.localName,
    n0.since,
    [
      COLLECT {
        MATCH (n0)-[r1:DREW_ON]->(n1)
        WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
          AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
          AND n1.since IS NOT NULL
        WITH DISTINCT n1
        ORDER BY n1.id
        LIMIT 100
        RETURN n1.since
      },
      [d IN [n0.since] WHERE d IS NOT NULL],
      COLLECT {
        MATCH (n0)-[r2:LED_TO]->(n2)
        WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
          AND (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
          AND n2.statedLagYears IS NOT NULL
        WITH DISTINCT n2
        ORDER BY n2.id
        LIMIT 100
        RETURN n2.statedLagYears
      }
    ],
    COLLECT {
      MATCH (n0)-[r3:DREW_ON]->(n3)
      WHERE (r3.level <= $q.openAll OR r3.audience IN $q.audiencesAll)
        AND (n3.level <= $q.openAll OR n3.audience IN $q.audiencesAll)
      WITH n3, r3
      ORDER BY n3.id, r3.id
      LIMIT $q.p2
      RETURN [n3.since, r3.level >= 4 OR n3.level >= 4]
    },
    n0.level >= 4
  ]
}] AS data
