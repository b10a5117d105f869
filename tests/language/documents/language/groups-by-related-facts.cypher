RETURN [
  [COLLECT {
    MATCH (n0:Person)
    WHERE n0.marking <= $q.open
      AND (n0.name ENDS WITH $q.p0)
    OPTIONAL MATCH (n0)-[r1:KNOWS]->(n1)
    WHERE r1.marking <= $q.open
      AND n1.marking <= $q.open
    WITH DISTINCT n0, n1
    WITH n0, n1 AS n1
    WITH n1, count(*) AS c0, [count(*)] AS v0
    ORDER BY c0 DESC, n1.id
    LIMIT $q.p2
    RETURN [CASE WHEN n1 IS NOT NULL THEN [n1.name] END] + v0
  }],
  [COLLECT {
    MATCH (n2:Person)
    WHERE n2.marking <= $q.open
      AND (n2.name ENDS WITH $q.p3)
    OPTIONAL MATCH (n2)-[r3:WORKS_WITH]->(n3)
    WHERE r3.marking <= $q.open
      AND n3.marking <= $q.open
    WITH DISTINCT n2, n3
    WITH n2, n3 AS n3
    WITH n3, count(*) AS c2, [count(*)] AS v2
    ORDER BY c2 DESC, n3.id
    LIMIT $q.p5
    RETURN [CASE WHEN n3 IS NOT NULL THEN [n3.name] END] + v2
  }],
  [COLLECT {
    MATCH (n4:Person)
    WHERE n4.marking <= $q.open
      AND (n4.sinceDay IS NULL OR n4.sinceDay <= $q.p6)
      AND (n4.untilDay IS NULL OR n4.untilDay > $q.p6)
      AND (n4.name ENDS WITH $q.p7)
    OPTIONAL MATCH (n4)-[r5:WORKS_WITH]->(n5)
    WHERE r5.marking <= $q.open
      AND n5.marking <= $q.open
      AND (r5.sinceDay IS NULL OR r5.sinceDay <= $q.p6)
      AND (r5.untilDay IS NULL OR r5.untilDay > $q.p6)
      AND (n5.sinceDay IS NULL OR n5.sinceDay <= $q.p6)
      AND (n5.untilDay IS NULL OR n5.untilDay > $q.p6)
    WITH DISTINCT n4, n5
    WITH n4, n5 AS n5
    WITH n5, count(*) AS c4, [count(*)] AS v4
    ORDER BY c4 DESC, n5.id
    LIMIT $q.p9
    RETURN [CASE WHEN n5 IS NOT NULL THEN [n5.name] END] + v4
  }],
  [COLLECT {
    MATCH (n6:Person)
    WHERE n6.marking <= $q.open
      AND (n6.name ENDS WITH $q.p10)
    OPTIONAL MATCH (n6)-[r7:WORKS_WITH]->(n7)
    WHERE r7.marking <= $q.open
      AND n7.marking <= $q.open
    WITH DISTINCT n6, n7
    OPTIONAL MATCH (n6)-[r8:KNOWS]->(n8)
    WHERE r8.marking <= $q.open
      AND n8.marking <= $q.open
    WITH DISTINCT n6, n7, n8
    WITH n6, n6.sector AS g6_0, n7 AS n7, n8 AS n8
    WITH g6_0, n7, n8, count(*) AS c6, [count(*)] AS v6
    ORDER BY c6 DESC, g6_0, n7.id, n8.id
    LIMIT $q.p12
    RETURN [g6_0, CASE WHEN n7 IS NOT NULL THEN [n7.name] END, CASE WHEN n8 IS NOT NULL THEN [n8.name] END] + v6
  }],
  COLLECT {
    MATCH (n9:Fact {id: $q.p13})
    WHERE n9.marking <= $q.open
      AND n9:Person
    WITH
      n9,
      [[COLLECT {
        MATCH (n9)-[r10:WORKS_WITH]->(n10)
        WHERE r10.marking <= $q.open
          AND n10.marking <= $q.open
        OPTIONAL MATCH (n10)-[r11:WORKS_WITH]->(n11)
        WHERE r11.marking <= $q.open
          AND n11.marking <= $q.open
        WITH DISTINCT n10, r10, n11
        WITH n10, r10, n11 AS n11
        WITH n11, count(*) AS c10, [count(*), toString(min(n10.sinceDay))] AS v10
        ORDER BY c10 DESC, n11.id
        LIMIT $q.p15
        RETURN [CASE WHEN n11 IS NOT NULL THEN [n11.id] END] + v10
      }]] AS s9
    RETURN s9
  },
  [COLLECT {
    MATCH (n12:Effort)
    WHERE n12.marking <= $q.open
      AND (n12.id IN coalesce($q.p16, []))
    WITH
      n12,
      head(COLLECT {
        MATCH (n12)<-[r13:SPENT]-(n13)
        WHERE r13.marking <= $q.open
        WITH n13
        ORDER BY n13.id
        LIMIT 1
        RETURN n13
      }) AS n13
    WITH n13, count(*) AS c12, [count(*)] AS v12
    ORDER BY c12 DESC, n13.id
    LIMIT $q.p18
    RETURN [CASE WHEN n13 IS NOT NULL THEN [n13.name] END] + v12
  }]
] AS data
