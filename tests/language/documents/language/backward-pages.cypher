RETURN [
  COLLECT {
    MATCH (n0:Person)
    WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
      AND (n0.id IN coalesce($q.p0, []))
      AND n0.name IS NOT NULL
      AND n0.id IS NOT NULL
    WITH n0
    ORDER BY n0.name DESC, n0.id DESC
    LIMIT $q.p1
    RETURN [n0.name, n0.name, n0.id, n0.level >= 4]
  },
  COLLECT {
    MATCH (n1:Effort)
    WHERE (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
      AND (n1.id IN coalesce($q.p2, []))
      AND n1.id IS NOT NULL
    WITH n1
    ORDER BY n1.id DESC
    LIMIT $q.p3
    RETURN [n1.id, n1.level >= 4]
  },
  COLLECT {
    WITH COLLECT {
      MATCH (n2:Visit)
      WHERE (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
        AND (n2.id IN coalesce($q.p4, []))
        AND n2.delegates IS NULL
        AND n2.id IS NOT NULL
      WITH n2
      ORDER BY n2.id DESC
      LIMIT $q.p5
      RETURN [n2.id, n2.level >= 4]
    } AS a2
    CALL (a2) {
      UNWIND CASE WHEN size(a2) < $q.p5 THEN [0] ELSE [] END AS g2
      CALL (g2) {
        MATCH (n2:Visit)
        WHERE (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
          AND (n2.id IN coalesce($q.p4, []))
          AND n2.delegates IS NOT NULL
          AND n2.id IS NOT NULL
        WITH n2
        ORDER BY n2.delegates DESC, n2.id DESC
        LIMIT $q.p5
        RETURN [n2.id, n2.level >= 4] AS s2
      }
      RETURN collect(s2) AS b2
    }
    WITH a2 + b2 AS a2
    UNWIND a2 AS r2
    WITH r2
    LIMIT $q.p5
    RETURN r2
  },
  COLLECT {
    MATCH (n3:Fact {id: $q.p6})
    WHERE (n3.level <= $q.openAll OR n3.audience IN $q.audiencesAll)
      AND n3:Person
    RETURN [
      COLLECT {
        MATCH (n3)-[r4:TRUSTS]->(n4)
        WHERE (r4.level <= $q.openAll OR r4.audience IN $q.audiencesAll)
          AND (n4.level <= $q.openAll OR n4.audience IN $q.audiencesAll)
        WITH n4, r4
        ORDER BY r4.strength DESC, r4.id DESC
        LIMIT $q.p7
        RETURN [r4.strength, n4.id, r4.level >= 4 OR n4.level >= 4]
      },
      n3.level >= 4
    ]
  }
] AS data
