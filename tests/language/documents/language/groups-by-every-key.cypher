RETURN [
  [COLLECT {
    MATCH (n0:Effort)
    WHERE n0.marking <= $q.open
      AND (n0.id IN coalesce($q.p0, []))
    WITH n0, CASE WHEN n0.since =~ '\[?\s*(\d{4})[^/.,]*((\.\.|/|,)\s*\[?\1[^/.,]*)*' THEN n0.sinceDay.year END AS g0_0
    WITH g0_0, count(*) AS c0, [count(*), [count(n0.people), sum(n0.people)]] AS v0
    ORDER BY c0 DESC, g0_0
    LIMIT $q.p2
    RETURN [g0_0] + v0
  }],
  [COLLECT {
    MATCH (n1:Effort)
    WHERE n1.marking <= $q.open
      AND (n1.id IN coalesce($q.p3, []))
    WITH
      n1,
      head(COLLECT {
        MATCH (n1)<-[r2:SPENT]-(n2)
        WHERE r2.marking <= $q.open
        WITH n2
        ORDER BY n2.id
        LIMIT 1
        RETURN n2
      }) AS n2
    WITH n2, count(*) AS c1, [count(*)] AS v1
    ORDER BY c1 DESC, n2.id
    LIMIT $q.p5
    RETURN [CASE WHEN n2 IS NOT NULL THEN [n2.name] END] + v1
  }],
  [COLLECT {
    MATCH (n3:Organization)
    WHERE n3.marking <= $q.open
      AND (n3.id IN coalesce($q.p6, []))
    WITH n3, n3.learningMandate AS g3_0
    WITH g3_0, count(*) AS c3, [count(*)] AS v3
    ORDER BY c3 DESC, g3_0
    LIMIT $q.p8
    RETURN [g3_0] + v3
  }],
  [COLLECT {
    MATCH (n4:Visit)
    WHERE n4.marking <= $q.open
      AND (n4.id IN coalesce($q.p9, []))
    WITH n4, n4.status AS g4_0, CASE WHEN n4.since =~ '\[?\s*(\d{4})[^/.,]*((\.\.|/|,)\s*\[?\1[^/.,]*)*' THEN n4.sinceDay.year END AS g4_1
    WITH g4_0, g4_1, count(*) AS c4, [] AS v4
    ORDER BY c4 DESC, g4_0, g4_1
    LIMIT $q.p11
    RETURN [g4_0, g4_1] + v4
  }],
  [COLLECT {
    MATCH (n5:Project)
    WHERE n5.marking <= $q.open
      AND (n5.name STARTS WITH $q.p12)
    WITH n5, CASE WHEN n5.since =~ '\[?\s*(\d{4})[^/.,]*((\.\.|/|,)\s*\[?\1[^/.,]*)*' THEN n5.sinceDay.year END AS g5_0
    WITH g5_0, count(*) AS c5, [count(*)] AS v5
    ORDER BY c5 DESC, g5_0
    LIMIT $q.p14
    RETURN [g5_0] + v5
  }],
  COLLECT {
    MATCH (n6:Fact {id: $q.p15})
    WHERE n6.marking <= $q.open
      AND n6:Person
    WITH
      n6,
      [head(COLLECT {
        MATCH (n6)-[r7:TRUSTS]->(n7)
        WHERE r7.marking <= $q.open
          AND n7.marking <= $q.open
        RETURN [count(*)]
      }) + [COLLECT {
        MATCH (n6)-[r7:TRUSTS]->(n7)
        WHERE r7.marking <= $q.open
          AND n7.marking <= $q.open
        WITH n7, r7, n7.name AS g7_0
        WITH g7_0, count(*) AS c7, [count(*)] AS v7
        ORDER BY c7 DESC, g7_0
        LIMIT $q.p17
        RETURN [g7_0] + v7
      }]] AS s6
    RETURN s6
  }
] AS data
