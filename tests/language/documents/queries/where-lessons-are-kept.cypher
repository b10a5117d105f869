RETURN [COLLECT {
  MATCH (n0:KnowledgeStore)
  WHERE (n0.marking <= $q.open OR n0.audience IN $q.audiences)
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
      WHERE (r1.marking <= $q.open OR r1.audience IN $q.audiences)
        AND (n1.marking <= $q.open OR n1.audience IN $q.audiences)
      WITH n1, r1
      ORDER BY n1.id, r1.id
      LIMIT $q.p1
      RETURN [
        n1.statement,
        head(COLLECT {
          MATCH (n1)<-[r2:LEARNED]-(n2)
          WHERE (r2.marking <= $q.open OR r2.audience IN $q.audiences)
          WITH n2
          ORDER BY n2.id
          LIMIT 1
          RETURN [n2.name]
        }),
        n1.stage
      ]
    }
  ]
}] AS data
