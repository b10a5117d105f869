RETURN [COLLECT {
  MATCH (n0:Partnership)
  WHERE n0.marking <= $q.open
    AND n0.name IS NOT NULL
    AND n0.id IS NOT NULL
  WITH n0
  ORDER BY n0.name, n0.id
  LIMIT $q.p0
  RETURN [
    n0.name,
    n0.status,
    n0.value,
    COUNT {
      MATCH (n0)<-[r1:BLOCKS]-(n1)
      WHERE r1.marking <= $q.open
        AND n1.marking <= $q.open
    },
    COUNT {
      MATCH (n0)<-[r2:PARTNERS_IN]-(n2)
      WHERE r2.marking <= $q.open
        AND n2.marking <= $q.open
    },
    COLLECT {
      MATCH (n0)<-[r2:PARTNERS_IN]-(n2)
      WHERE r2.marking <= $q.open
        AND n2.marking <= $q.open
      WITH n2, r2
      ORDER BY n2.name, n2.id, r2.id
      LIMIT $q.p2
      RETURN [
        head([l IN labels(n2) WHERE l <> 'Fact']),
        CASE
          WHEN n2:City|Person|Council THEN [head([l IN labels(n2) WHERE l <> 'Fact']), n2.name]
          WHEN n2:Organization THEN [n2.name, n2.kind]
        END
      ]
    }
  ]
}] AS data
