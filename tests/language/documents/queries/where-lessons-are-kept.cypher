RETURN [COLLECT {
  MATCH (n0:KnowledgeStore)
  WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
    AND n0.name IS NOT NULL
    AND n0.id IS NOT NULL
  WITH n0
  ORDER BY n0.name, n0.id
  LIMIT $q.p0
  RETURN [
    n0.name,
    n0.kind,
    n0.access,
    n0.lastConfirmed,
    COLLECT {
      MATCH (n0)<-[r1:KEPT_IN]-(n1)
      WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
        AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
      WITH n1, r1
      ORDER BY n1.id, r1.id
      LIMIT $q.p1
      RETURN [
        n1.statement,
        head(COLLECT {
          MATCH (n1)<-[r2:LEARNED]-(n2)
          WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
          WITH n2, r2
          ORDER BY n2.id, r2.id
          LIMIT 1
          RETURN [n2.name, r2.level >= 4]
        }),
        n1.stage,
        r1.level >= 4 OR n1.level >= 4
      ]
    },
    n0.level >= 4
  ]
}] AS data
