RETURN [
  COLLECT {
    MATCH (n0:Visit)
    WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
      AND (n0.id IN coalesce($q.p0, []))
    WITH n0
    ORDER BY n0.delegates, n0.title DESC, n0.id DESC
    LIMIT $q.p1
    RETURN [n0.id, n0.delegates, n0.level >= 4]
  },
  COLLECT {
    WITH COLLECT {
      MATCH (n1:Visit)
      WHERE (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
        AND (n1.id IN coalesce($q.p2, []))
        AND n1.delegates IS NOT NULL
        AND n1.id IS NOT NULL
      WITH n1
      ORDER BY n1.delegates DESC, n1.id DESC
      LIMIT $q.p3
      RETURN [n1.id, n1.delegates, n1.level >= 4]
    } AS a1
    CALL (a1) {
      UNWIND CASE WHEN size(a1) < $q.p3 THEN [0] ELSE [] END AS g1
      CALL (g1) {
        MATCH (n1:Visit)
        WHERE (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
          AND (n1.id IN coalesce($q.p2, []))
          AND n1.delegates IS NULL
          AND n1.id IS NOT NULL
        WITH n1
        ORDER BY n1.id DESC
        LIMIT $q.p3
        RETURN [n1.id, n1.delegates, n1.level >= 4] AS s1
      }
      RETURN collect(s1) AS b1
    }
    WITH a1 + b1 AS a1
    UNWIND a1 AS r1
    WITH r1
    LIMIT $q.p3
    RETURN r1
  },
  COLLECT {
    WITH COLLECT {
      MATCH (n2:Visit)
      WHERE (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
        AND (n2.id IN coalesce($q.p4, []))
        AND n2.sinceDay IS NOT NULL
        AND n2.id IS NOT NULL
      WITH n2
      ORDER BY n2.sinceDay DESC, n2.id DESC
      LIMIT $q.p5
      RETURN [n2.id, n2.since, n2.level >= 4]
    } AS a2
    CALL (a2) {
      UNWIND CASE WHEN size(a2) < $q.p5 THEN [0] ELSE [] END AS g2
      CALL (g2) {
        MATCH (n2:Visit)
        WHERE (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
          AND (n2.id IN coalesce($q.p4, []))
          AND n2.sinceDay IS NULL
          AND n2.id IS NOT NULL
        WITH n2
        ORDER BY n2.id DESC
        LIMIT $q.p5
        RETURN [n2.id, n2.since, n2.level >= 4] AS s2
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
        ORDER BY coalesce(r4.strength, -4611686018427387904) DESC, n4.name, n4.id, r4.id
        LIMIT $q.p7
        RETURN [
          r4.strength,
          head(COLLECT {
            UNWIND r4.wave AS i5
            MATCH (n5:Fact {id: i5})
            WHERE (n5.level <= $q.openAll OR n5.audience IN $q.audiencesAll)
              AND n5:Wave
            WITH DISTINCT n5
            ORDER BY n5.id
            LIMIT 100
            RETURN [n5.name, n5.level >= 4]
          }),
          n4.name,
          r4.level >= 4 OR n4.level >= 4
        ]
      },
      n3.level >= 4
    ]
  }
] AS data
