RETURN [head(COLLECT {
  MATCH (n0:Measurement)
  WHERE n0.level <= $q.open
    AND EXISTS {
      MATCH (n0)-[r1:OF_METRIC]->(n1)
      WHERE r1.level <= $q.open
        AND n1.level <= $q.open
        AND (n1.id = $q.p0)
    }
  WITH n0
  ORDER BY n0.id
  RETURN [
    count(*),
    min(n0.value),
    toString(min(n0.sinceDay)),
    max(n0.value),
    toString(max(n0.sinceDay)),
    [count(n0.value), sum(n0.value)]
  ]
})] AS data
