RETURN [COLLECT {
  MATCH (n0:Person)
  WHERE (n0.marking <= $q.open OR n0.audience IN $q.audiences)
    AND EXISTS {
      MATCH (n0)-[r1:LISTED_ON]->(n1)
      WHERE (r1.marking <= $q.open OR r1.audience IN $q.audiences)
        AND (n1.marking <= $q.open OR n1.audience IN $q.audiences)
        AND EXISTS {
          MATCH (n1)-[r2:OF_CITY]->(n2)
          WHERE (r2.marking <= $q.open OR r2.audience IN $q.audiences)
            AND (n2.id = $q.p0)
        }
    }
    AND n0.id IS NOT NULL
  WITH n0
  ORDER BY n0.id
  LIMIT $q.p1
  RETURN [
    n0.name,
    n0.sector,
    COUNT {
      MATCH (n0)-[r3:TRUSTS]->(n3)
      WHERE (r3.marking <= $q.open OR r3.audience IN $q.audiences)
        AND (n3.marking <= $q.open OR n3.audience IN $q.audiences)
    },
    COLLECT {
      MATCH (n0)-[r3:TRUSTS]->(n3)
      WHERE (r3.marking <= $q.open OR r3.audience IN $q.audiences)
        AND (n3.marking <= $q.open OR n3.audience IN $q.audiences)
      WITH n3, r3
      ORDER BY r3.sinceDay IS NULL, r3.sinceDay DESC, coalesce(r3.strength, -4611686018427387904) DESC, r3.id DESC
      LIMIT $q.p2
      RETURN [
        head(COLLECT {
          UNWIND r3.wave AS i4
          MATCH (n4:Fact {id: i4})
          WHERE (n4.marking <= $q.open OR n4.audience IN $q.audiences)
            AND n4:Wave
          WITH DISTINCT n4
          ORDER BY n4.id
          LIMIT 100
          RETURN [n4.name]
        }),
        r3.strength,
        r3.since,
        n3.name,
        n3.sector
      ]
    }
  ]
}] AS data
