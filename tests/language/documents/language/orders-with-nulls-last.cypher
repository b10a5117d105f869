RETURN [
  COLLECT {
    MATCH (n0:Visit)
    WHERE (n0.marking <= $q.open OR n0.audience IN $q.audiences)
      AND (n0.id IN coalesce($q.p0, []))
    WITH n0
    ORDER BY n0.delegates, n0.title DESC, n0.id DESC
    LIMIT $q.p1
    RETURN [n0.id, n0.delegates]
  },
  COLLECT {
    WITH COLLECT {
      MATCH (n1:Visit)
      WHERE (n1.marking <= $q.open OR n1.audience IN $q.audiences)
        AND (n1.id IN coalesce($q.p2, []))
        AND n1.delegates IS NOT NULL
        AND n1.id IS NOT NULL
      WITH n1
      ORDER BY n1.delegates DESC, n1.id DESC
      LIMIT $q.p3
      RETURN [n1.id, n1.delegates]
    } AS a1
    CALL (a1) {
      UNWIND CASE WHEN size(a1) < $q.p3 THEN [0] ELSE [] END AS g1
      CALL (g1) {
        MATCH (n1:Visit)
        WHERE (n1.marking <= $q.open OR n1.audience IN $q.audiences)
          AND (n1.id IN coalesce($q.p2, []))
          AND n1.delegates IS NULL
          AND n1.id IS NOT NULL
        WITH n1
        ORDER BY n1.id DESC
        LIMIT $q.p3
        RETURN [n1.id, n1.delegates] AS s1
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
      WHERE (n2.marking <= $q.open OR n2.audience IN $q.audiences)
        AND (n2.id IN coalesce($q.p4, []))
        AND n2.sinceDay IS NOT NULL
        AND n2.id IS NOT NULL
      WITH n2
      ORDER BY n2.sinceDay DESC, n2.id DESC
      LIMIT $q.p5
      RETURN [n2.id, n2.since]
    } AS a2
    CALL (a2) {
      UNWIND CASE WHEN size(a2) < $q.p5 THEN [0] ELSE [] END AS g2
      CALL (g2) {
        MATCH (n2:Visit)
        WHERE (n2.marking <= $q.open OR n2.audience IN $q.audiences)
          AND (n2.id IN coalesce($q.p4, []))
          AND n2.sinceDay IS NULL
          AND n2.id IS NOT NULL
        WITH n2
        ORDER BY n2.id DESC
        LIMIT $q.p5
        RETURN [n2.id, n2.since] AS s2
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
    WHERE (n3.marking <= $q.open OR n3.audience IN $q.audiences)
      AND n3:Person
    RETURN [COLLECT {
      MATCH (n3)-[r4:TRUSTS]->(n4)
      WHERE (r4.marking <= $q.open OR r4.audience IN $q.audiences)
        AND (n4.marking <= $q.open OR n4.audience IN $q.audiences)
      WITH n4, r4
      ORDER BY coalesce(r4.strength, -4611686018427387904) DESC, n4.name, n4.id, r4.id
      LIMIT $q.p7
      RETURN [
        r4.strength,
        head(COLLECT {
          UNWIND r4.wave AS i5
          MATCH (n5:Fact {id: i5})
          WHERE (n5.marking <= $q.open OR n5.audience IN $q.audiences)
            AND n5:Wave
          WITH DISTINCT n5
          ORDER BY n5.id
          LIMIT 100
          RETURN [n5.name]
        }),
        n4.name
      ]
    }]
  }
] AS data
