RETURN [COLLECT {
  MATCH (n0:City)
  WITH
    n0,
    COUNT {
      MATCH (n0)<-[r1:HOSTED_BY]-(n1)
      WHERE r1.level <= $q.open
        AND n1.level <= $q.open
    } AS k0_0
  WITH n0, k0_0
  ORDER BY k0_0 DESC, n0.name, n0.id
  LIMIT $q.p0
  RETURN [
    n0.name,
    COUNT {
      MATCH (n0)<-[r2:HOSTED_BY]-(n2)
      WHERE r2.level <= $q.open
        AND n2.level <= $q.open
    },
    COLLECT {
      MATCH (n0)<-[r2:HOSTED_BY]-(n2)
      WHERE r2.level <= $q.open
        AND n2.level <= $q.open
      WITH n2, r2
      ORDER BY n2.sinceDay DESC, n2.id DESC, r2.id DESC
      LIMIT $q.p1
      RETURN [n2.title, n2.since]
    }
  ]
}] AS data
