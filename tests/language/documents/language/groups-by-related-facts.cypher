RETURN [
  [COLLECT {
    MATCH (n0:Person)
    WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
      AND (n0.name ENDS WITH $q.p0)
    OPTIONAL MATCH (n0)-[r1:KNOWS]->(n1)
    WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
      AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
    WITH DISTINCT n0, n1
    WITH n0, n1 AS n1
    WITH n1, [count(*)] AS v0
    WITH n1, v0, v0[0] AS k0_0, n1.id AS k0_1
    ORDER BY k0_0 DESC, k0_1
    LIMIT $q.p2
    RETURN [CASE WHEN n1 IS NOT NULL THEN [n1.name] END] + v0
  }],
  [COLLECT {
    MATCH (n2:Person)
    WHERE (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
      AND (n2.name ENDS WITH $q.p3)
    OPTIONAL MATCH (n2)-[r3:WORKS_WITH]->(n3)
    WHERE (r3.level <= $q.openAll OR r3.audience IN $q.audiencesAll)
      AND (n3.level <= $q.openAll OR n3.audience IN $q.audiencesAll)
    WITH DISTINCT n2, n3
    WITH n2, n3 AS n3
    WITH n3, [count(*)] AS v2
    WITH n3, v2, v2[0] AS k2_0, n3.id AS k2_1
    ORDER BY k2_0 DESC, k2_1
    LIMIT $q.p5
    RETURN [CASE WHEN n3 IS NOT NULL THEN [n3.name] END] + v2
  }],
  [COLLECT {
    MATCH (n4:Person)
    WHERE (n4.level <= $q.openAll OR n4.audience IN $q.audiencesAll)
      AND (n4.sinceDay IS NULL OR n4.sinceDay <= $q.p6)
      AND (n4.untilDay IS NULL OR n4.untilDay > $q.p6)
      AND (n4.name ENDS WITH $q.p7)
    OPTIONAL MATCH (n4)-[r5:WORKS_WITH]->(n5)
    WHERE (r5.level <= $q.openAll OR r5.audience IN $q.audiencesAll)
      AND (n5.level <= $q.openAll OR n5.audience IN $q.audiencesAll)
      AND (r5.sinceDay IS NULL OR r5.sinceDay <= $q.p6)
      AND (r5.untilDay IS NULL OR r5.untilDay > $q.p6)
      AND (n5.sinceDay IS NULL OR n5.sinceDay <= $q.p6)
      AND (n5.untilDay IS NULL OR n5.untilDay > $q.p6)
    WITH DISTINCT n4, n5
    WITH n4, n5 AS n5
    WITH n5, [count(*)] AS v4
    WITH n5, v4, v4[0] AS k4_0, n5.id AS k4_1
    ORDER BY k4_0 DESC, k4_1
    LIMIT $q.p9
    RETURN [CASE WHEN n5 IS NOT NULL THEN [n5.name] END] + v4
  }],
  [COLLECT {
    MATCH (n6:Person)
    WHERE (n6.level <= $q.openAll OR n6.audience IN $q.audiencesAll)
      AND (n6.name ENDS WITH $q.p10)
    OPTIONAL MATCH (n6)-[r7:WORKS_WITH]->(n7)
    WHERE (r7.level <= $q.openAll OR r7.audience IN $q.audiencesAll)
      AND (n7.level <= $q.openAll OR n7.audience IN $q.audiencesAll)
    WITH DISTINCT n6, n7
    OPTIONAL MATCH (n6)-[r8:KNOWS]->(n8)
    WHERE (r8.level <= $q.openAll OR r8.audience IN $q.audiencesAll)
      AND (n8.level <= $q.openAll OR n8.audience IN $q.audiencesAll)
    WITH DISTINCT n6, n7, n8
    WITH n6, n6.sector AS g6_0, n7 AS n7, n8 AS n8
    WITH g6_0, n7, n8, [count(*)] AS v6
    WITH g6_0, n7, n8, v6, v6[0] AS k6_0, g6_0 AS k6_1, n7.id AS k6_2, n8.id AS k6_3
    ORDER BY k6_0 DESC, k6_1, k6_2, k6_3
    LIMIT $q.p12
    RETURN [g6_0, CASE WHEN n7 IS NOT NULL THEN [n7.name] END, CASE WHEN n8 IS NOT NULL THEN [n8.name] END] + v6
  }],
  COLLECT {
    MATCH (n9:Fact {id: $q.p13})
    WHERE (n9.level <= $q.openAll OR n9.audience IN $q.audiencesAll)
      AND n9:Person
    WITH
      n9,
      [
        [COLLECT {
          MATCH (n9)-[r10:WORKS_WITH]->(n10)
          WHERE (r10.level <= $q.openAll OR r10.audience IN $q.audiencesAll)
            AND (n10.level <= $q.openAll OR n10.audience IN $q.audiencesAll)
          OPTIONAL MATCH (n10)-[r11:WORKS_WITH]->(n11)
          WHERE (r11.level <= $q.openAll OR r11.audience IN $q.audiencesAll)
            AND (n11.level <= $q.openAll OR n11.audience IN $q.audiencesAll)
          WITH DISTINCT n10, r10, n11
          WITH n10, r10, n11 AS n11
          WITH n11, [count(*), toString(min(n10.sinceDay))] AS v10
          WITH n11, v10, v10[0] AS k10_0, n11.id AS k10_1
          ORDER BY k10_0 DESC, k10_1
          LIMIT $q.p15
          RETURN [CASE WHEN n11 IS NOT NULL THEN [n11.id] END] + v10
        }],
        EXISTS {
          MATCH (n9)-[r10:WORKS_WITH]->(n10)
          WHERE (r10.level <= $q.openAll OR r10.audience IN $q.audiencesAll)
            AND (n10.level <= $q.openAll OR n10.audience IN $q.audiencesAll)
            AND (r10.level >= 4 OR n10.level >= 4)
          RETURN n10
        },
        EXISTS {
          MATCH (n9)-[r10:WORKS_WITH]->(n10)
          WHERE (r10.level <= $q.openAll OR r10.audience IN $q.audiencesAll)
            AND (n10.level <= $q.openAll OR n10.audience IN $q.audiencesAll)
          MATCH (n10)-[r11:WORKS_WITH]->(n11)
          WHERE (r11.level <= $q.openAll OR r11.audience IN $q.audiencesAll)
            AND (n11.level <= $q.openAll OR n11.audience IN $q.audiencesAll)
            AND (r11.level >= 4 OR n11.level >= 4)
          RETURN n11
        },
        n9.level >= 4
      ] AS s9
    RETURN s9
  },
  [COLLECT {
    MATCH (n12:Effort)
    WHERE (n12.level <= $q.openAll OR n12.audience IN $q.audiencesAll)
      AND (n12.id IN coalesce($q.p16, []))
    WITH
      n12,
      head(COLLECT {
        MATCH (n12)<-[r13:SPENT]-(n13)
        WHERE (r13.level <= $q.openAll OR r13.audience IN $q.audiencesAll)
        WITH n13
        ORDER BY n13.id
        LIMIT 1
        RETURN n13
      }) AS n13
    WITH n13, [count(*)] AS v12
    WITH n13, v12, v12[0] AS k12_0, n13.id AS k12_1
    ORDER BY k12_0 DESC, k12_1
    LIMIT $q.p18
    RETURN [CASE WHEN n13 IS NOT NULL THEN [n13.name] END] + v12
  }],
  EXISTS {
    MATCH (n0:Person)
    WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
      AND (n0.name ENDS WITH $q.p0)
      AND (n0.level >= 4)
    RETURN n0
  },
  EXISTS {
    MATCH (n0:Person)
    WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
      AND (n0.name ENDS WITH $q.p0)
    MATCH (n0)-[r1:KNOWS]->(n1)
    WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
      AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
      AND (r1.level >= 4 OR n1.level >= 4)
    RETURN n1
  },
  EXISTS {
    MATCH (n2:Person)
    WHERE (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
      AND (n2.name ENDS WITH $q.p3)
      AND (n2.level >= 4)
    RETURN n2
  },
  EXISTS {
    MATCH (n2:Person)
    WHERE (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
      AND (n2.name ENDS WITH $q.p3)
    MATCH (n2)-[r3:WORKS_WITH]->(n3)
    WHERE (r3.level <= $q.openAll OR r3.audience IN $q.audiencesAll)
      AND (n3.level <= $q.openAll OR n3.audience IN $q.audiencesAll)
      AND (r3.level >= 4 OR n3.level >= 4)
    RETURN n3
  },
  EXISTS {
    MATCH (n4:Person)
    WHERE (n4.level <= $q.openAll OR n4.audience IN $q.audiencesAll)
      AND (n4.sinceDay IS NULL OR n4.sinceDay <= $q.p6)
      AND (n4.untilDay IS NULL OR n4.untilDay > $q.p6)
      AND (n4.name ENDS WITH $q.p7)
      AND (n4.level >= 4)
    RETURN n4
  },
  EXISTS {
    MATCH (n4:Person)
    WHERE (n4.level <= $q.openAll OR n4.audience IN $q.audiencesAll)
      AND (n4.sinceDay IS NULL OR n4.sinceDay <= $q.p6)
      AND (n4.untilDay IS NULL OR n4.untilDay > $q.p6)
      AND (n4.name ENDS WITH $q.p7)
    MATCH (n4)-[r5:WORKS_WITH]->(n5)
    WHERE (r5.level <= $q.openAll OR r5.audience IN $q.audiencesAll)
      AND (n5.level <= $q.openAll OR n5.audience IN $q.audiencesAll)
      AND (r5.sinceDay IS NULL OR r5.sinceDay <= $q.p6)
      AND (r5.untilDay IS NULL OR r5.untilDay > $q.p6)
      AND (n5.sinceDay IS NULL OR n5.sinceDay <= $q.p6)
      AND (n5.untilDay IS NULL OR n5.untilDay > $q.p6)
      AND (r5.level >= 4 OR n5.level >= 4)
    RETURN n5
  },
  EXISTS {
    MATCH (n6:Person)
    WHERE (n6.level <= $q.openAll OR n6.audience IN $q.audiencesAll)
      AND (n6.name ENDS WITH $q.p10)
      AND (n6.level >= 4)
    RETURN n6
  },
  EXISTS {
    MATCH (n6:Person)
    WHERE (n6.level <= $q.openAll OR n6.audience IN $q.audiencesAll)
      AND (n6.name ENDS WITH $q.p10)
    MATCH (n6)-[r7:WORKS_WITH]->(n7)
    WHERE (r7.level <= $q.openAll OR r7.audience IN $q.audiencesAll)
      AND (n7.level <= $q.openAll OR n7.audience IN $q.audiencesAll)
      AND (r7.level >= 4 OR n7.level >= 4)
    RETURN n7
  },
  EXISTS {
    MATCH (n6:Person)
    WHERE (n6.level <= $q.openAll OR n6.audience IN $q.audiencesAll)
      AND (n6.name ENDS WITH $q.p10)
    MATCH (n6)-[r8:KNOWS]->(n8)
    WHERE (r8.level <= $q.openAll OR r8.audience IN $q.audiencesAll)
      AND (n8.level <= $q.openAll OR n8.audience IN $q.audiencesAll)
      AND (r8.level >= 4 OR n8.level >= 4)
    RETURN n8
  },
  EXISTS {
    MATCH (n12:Effort)
    WHERE (n12.level <= $q.openAll OR n12.audience IN $q.audiencesAll)
      AND (n12.id IN coalesce($q.p16, []))
      AND (n12.level >= 4)
    RETURN n12
  },
  EXISTS {
    MATCH (n12:Effort)
    WHERE (n12.level <= $q.openAll OR n12.audience IN $q.audiencesAll)
      AND (n12.id IN coalesce($q.p16, []))
    MATCH (n12)<-[r13:SPENT]-(n13)
    WHERE (r13.level <= $q.openAll OR r13.audience IN $q.audiencesAll)
      AND (r13.level >= 4)
    RETURN n13
  }
] AS data
