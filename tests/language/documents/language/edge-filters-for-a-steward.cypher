RETURN [
  COLLECT {
    MATCH (n0:Person)
    WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
      AND (n0.id IN coalesce($q.p0, []))
      AND NOT EXISTS {
        MATCH (n0)-[r1:TRUSTS]->(n1)
        WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
          AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
          AND NOT coalesce((r1.strength IS NULL) = $q.p1, false)
      }
      AND n0.id IS NOT NULL
    WITH n0
    ORDER BY n0.id
    LIMIT $q.p2
    RETURN [n0.id, n0.level >= 4]
  },
  COLLECT {
    MATCH (n2:Person)
    WHERE (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
      AND (n2.id IN coalesce($q.p3, []))
      AND EXISTS {
        MATCH (n2)-[r3:TRUSTS]->(n3)
        WHERE (r3.level <= $q.openAll OR r3.audience IN $q.audiencesAll)
          AND (n3.level <= $q.openAll OR n3.audience IN $q.audiencesAll)
          AND EXISTS {
            MATCH (n3)-[r4:TRUSTS]->(n4)
            WHERE (r4.level <= $q.openAll OR r4.audience IN $q.audiencesAll)
              AND (n4.level <= $q.openAll OR n4.audience IN $q.audiencesAll)
              AND (r4.frequency < $q.p4)
          }
          AND (r3.strength = $q.p5)
      }
      AND n2.id IS NOT NULL
    WITH n2
    ORDER BY n2.id
    LIMIT $q.p6
    RETURN [n2.id, n2.level >= 4]
  }
] AS data
