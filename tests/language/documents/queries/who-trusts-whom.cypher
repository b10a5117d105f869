RETURN [COLLECT {
  MATCH (n0:Person)
  WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
    AND EXISTS {
      MATCH (n0)-[r1:LISTED_ON]->(n1)
      WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
        AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
        AND EXISTS {
          MATCH (n1)-[r2:OF_CITY]->(n2)
          WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
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
      WHERE (r3.level <= $q.openAll OR r3.audience IN $q.audiencesAll)
        AND (n3.level <= $q.openAll OR n3.audience IN $q.audiencesAll)
    },
    COLLECT {
      MATCH (n0)-[r3:TRUSTS]->(n3)
      WHERE (r3.level <= $q.openAll OR r3.audience IN $q.audiencesAll)
        AND (n3.level <= $q.openAll OR n3.audience IN $q.audiencesAll)
      WITH n3, r3
      ORDER BY r3.sinceDay IS NULL, r3.sinceDay DESC, coalesce(r3.strength, -4611686018427387904) DESC, r3.id DESC
      LIMIT $q.p2
      RETURN [
        head(COLLECT {
          UNWIND r3.wave AS i4
          MATCH (n4:Fact {id: i4})
          WHERE (n4.level <= $q.openAll OR n4.audience IN $q.audiencesAll)
            AND n4:Wave
          WITH DISTINCT n4
          ORDER BY n4.id
          LIMIT 100
          RETURN [n4.name, n4.level >= 4]
        }),
        r3.strength,
        r3.since,
        n3.name,
        n3.sector,
        r3.level >= 4 OR n3.level >= 4
      ]
    },
    EXISTS {
      MATCH (n0)-[r3:TRUSTS]->(n3)
      WHERE (r3.level <= $q.openAll OR r3.audience IN $q.audiencesAll)
        AND (n3.level <= $q.openAll OR n3.audience IN $q.audiencesAll)
        AND (r3.level >= 4 OR n3.level >= 4)
      RETURN n3
    },
    n0.level >= 4
  ]
}] AS data
