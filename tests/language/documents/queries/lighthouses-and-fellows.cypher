RETURN [COLLECT {
  MATCH (n0:Programme)
  WHERE n0.level <= $q.open
    AND (n0.name = $q.p0)
    AND n0.id IS NOT NULL
  WITH n0
  ORDER BY n0.id
  LIMIT $q.p1
  RETURN [
    n0.name,
    n0.since,
    n0.until,
    COLLECT {
      MATCH (n0)<-[r1:TAKES_PART_IN]-(n1)
      WHERE r1.level <= $q.open
      WITH n1, r1
      ORDER BY r1.role, n1.name, n1.id, r1.id
      LIMIT $q.p2
      RETURN [
        r1.role,
        r1.asNamed,
        n1.name,
        head(COLLECT {
          MATCH (n1)-[r2:IN_COUNTRY]->(n2)
          WITH n2
          ORDER BY n2.id
          LIMIT 1
          RETURN [n2.name]
        })
      ]
    }
  ]
}] AS data
