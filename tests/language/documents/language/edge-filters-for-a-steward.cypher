RETURN [
  COLLECT {
    MATCH (n0:Person)
    WHERE (n0.marking <= $q.open OR n0.audience IN $q.audiences)
      AND (n0.id IN coalesce($q.p0, []))
      AND NOT EXISTS {
        MATCH (n0)-[r1:TRUSTS]->(n1)
        WHERE (r1.marking <= $q.open OR r1.audience IN $q.audiences)
          AND (n1.marking <= $q.open OR n1.audience IN $q.audiences)
          AND NOT coalesce((r1.strength IS NULL) = $q.p1, false)
      }
      AND n0.id IS NOT NULL
    WITH n0
    ORDER BY n0.id
    LIMIT $q.p2
    RETURN [n0.id]
  },
  COLLECT {
    MATCH (n2:Person)
    WHERE (n2.marking <= $q.open OR n2.audience IN $q.audiences)
      AND (n2.id IN coalesce($q.p3, []))
      AND EXISTS {
        MATCH (n2)-[r3:TRUSTS]->(n3)
        WHERE (r3.marking <= $q.open OR r3.audience IN $q.audiences)
          AND (n3.marking <= $q.open OR n3.audience IN $q.audiences)
          AND EXISTS {
            MATCH (n3)-[r4:TRUSTS]->(n4)
            WHERE (r4.marking <= $q.open OR r4.audience IN $q.audiences)
              AND (n4.marking <= $q.open OR n4.audience IN $q.audiences)
              AND (r4.frequency < $q.p4)
          }
          AND (r3.strength = $q.p5)
      }
      AND n2.id IS NOT NULL
    WITH n2
    ORDER BY n2.id
    LIMIT $q.p6
    RETURN [n2.id]
  }
] AS data
