RETURN [COLLECT {
  MATCH (n0:City)
  WHERE (n0.id IN coalesce($q.p0, []))
    AND n0.id IS NOT NULL
  WITH n0
  ORDER BY n0.id
  LIMIT $q.p1
  RETURN [
    n0.name,
    COUNT {
      MATCH (n0)-[r1:TWINNED_WITH]-(n1)
      WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
        AND (n1.id IN coalesce($q.p2, []))
    },
    COLLECT {
      MATCH (n0)-[r1:TWINNED_WITH]-(n1)
      WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
        AND (n1.id IN coalesce($q.p2, []))
      WITH n1, r1
      ORDER BY n1.id, r1.id
      LIMIT $q.p3
      RETURN [r1.id, r1.kind, n1.name, r1.level >= 4]
    },
    EXISTS {
      MATCH (n0)-[r1:TWINNED_WITH]-(n1)
      WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
        AND (n1.id IN coalesce($q.p2, []))
        AND (r1.level >= 4)
      RETURN n1
    }
  ]
}] AS data
