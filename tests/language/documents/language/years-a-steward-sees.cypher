RETURN [COLLECT {
  MATCH (n0:Adoption)
  WHERE (n0.marking <= $q.open OR n0.audience IN $q.audiences)
    AND (n0.id IN coalesce($q.p0, []))
    AND n0.id IS NOT NULL
  WITH n0
  ORDER BY n0.id
  LIMIT $q.p1
  RETURN [
    n0.localName,
    n0.since,
    [
      COLLECT {
        MATCH (n0)-[r1:DREW_ON]->(n1)
        WHERE (r1.marking <= $q.open OR r1.audience IN $q.audiences)
          AND (n1.marking <= $q.open OR n1.audience IN $q.audiences)
          AND n1.since IS NOT NULL
        WITH DISTINCT n1
        ORDER BY n1.id
        LIMIT 100
        RETURN n1.since
      },
      [d IN [n0.since] WHERE d IS NOT NULL],
      COLLECT {
        MATCH (n0)-[r2:LED_TO]->(n2)
        WHERE (r2.marking <= $q.open OR r2.audience IN $q.audiences)
          AND (n2.marking <= $q.open OR n2.audience IN $q.audiences)
          AND n2.statedLagYears IS NOT NULL
        WITH DISTINCT n2
        ORDER BY n2.id
        LIMIT 100
        RETURN n2.statedLagYears
      }
    ],
    COLLECT {
      MATCH (n0)-[r3:DREW_ON]->(n3)
      WHERE (r3.marking <= $q.open OR r3.audience IN $q.audiences)
        AND (n3.marking <= $q.open OR n3.audience IN $q.audiences)
      WITH n3, r3
      ORDER BY n3.id, r3.id
      LIMIT $q.p2
      RETURN [n3.since]
    }
  ]
}] AS data
