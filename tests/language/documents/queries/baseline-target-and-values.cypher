RETURN [COLLECT {
  MATCH (n0:Metric)
  WHERE
    EXISTS {
      MATCH (n0)<-[r1:OF_METRIC]-(n1)
      WHERE r1.marking <= $q.open
        AND n1.marking <= $q.open
        AND (n1.role = $q.p0)
    }
    AND n0.name IS NOT NULL
    AND n0.id IS NOT NULL
  WITH n0
  ORDER BY n0.name, n0.id
  LIMIT $q.p1
  RETURN [
    n0.name,
    n0.unit,
    n0.confidence,
    COLLECT {
      MATCH (n0)<-[r2:OF_METRIC]-(n2)
      WHERE r2.marking <= $q.open
        AND n2.marking <= $q.open
      WITH n2, r2
      ORDER BY n2.sinceDay, n2.id
      LIMIT $q.p2
      RETURN [n2.role, n2.since, n2.value]
    }
  ]
}] AS data
