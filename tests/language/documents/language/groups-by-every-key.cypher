RETURN [
  [COLLECT {
    MATCH (n0:Effort)
    WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
      AND (n0.id IN coalesce($q.p0, []))
    WITH n0, CASE WHEN n0.since =~ '\[?\s*(\d{4})[^/.,]*((\.\.|/|,)\s*\[?\1[^/.,]*)*' THEN n0.sinceDay.year END AS g0_0
    WITH g0_0, [count(*), [count(n0.people), sum(n0.people)]] AS v0
    WITH g0_0, v0, v0[0] AS k0_0, g0_0 AS k0_1
    ORDER BY k0_0 DESC, k0_1
    LIMIT $q.p2
    RETURN [g0_0] + v0
  }],
  [COLLECT {
    MATCH (n1:Effort)
    WHERE (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
      AND (n1.id IN coalesce($q.p3, []))
    WITH
      n1,
      head(COLLECT {
        MATCH (n1)<-[r2:SPENT]-(n2)
        WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
        WITH n2
        ORDER BY n2.id
        LIMIT 1
        RETURN n2
      }) AS n2
    WITH n2, [count(*)] AS v1
    WITH n2, v1, v1[0] AS k1_0, n2.id AS k1_1
    ORDER BY k1_0 DESC, k1_1
    LIMIT $q.p5
    RETURN [CASE WHEN n2 IS NOT NULL THEN [n2.name] END] + v1
  }],
  [COLLECT {
    MATCH (n3:Organization)
    WHERE (n3.level <= $q.openAll OR n3.audience IN $q.audiencesAll)
      AND (n3.id IN coalesce($q.p6, []))
    WITH n3, n3.learningMandate AS g3_0
    WITH g3_0, [count(*)] AS v3
    WITH g3_0, v3, v3[0] AS k3_0, g3_0 AS k3_1
    ORDER BY k3_0 DESC, k3_1
    LIMIT $q.p8
    RETURN [g3_0] + v3
  }],
  [COLLECT {
    MATCH (n4:Visit)
    WHERE (n4.level <= $q.openAll OR n4.audience IN $q.audiencesAll)
      AND (n4.id IN coalesce($q.p9, []))
    WITH n4, n4.status AS g4_0, CASE WHEN n4.since =~ '\[?\s*(\d{4})[^/.,]*((\.\.|/|,)\s*\[?\1[^/.,]*)*' THEN n4.sinceDay.year END AS g4_1
    WITH g4_0, g4_1, [count(*)] AS v4
    WITH g4_0, g4_1, v4, v4[0] AS k4_0, g4_0 AS k4_1, g4_1 AS k4_2
    ORDER BY k4_0 DESC, k4_1, k4_2
    LIMIT $q.p11
    RETURN [g4_0, g4_1] + v4
  }],
  [COLLECT {
    MATCH (n5:Project)
    WHERE (n5.level <= $q.openAll OR n5.audience IN $q.audiencesAll)
      AND (n5.name STARTS WITH $q.p12)
    WITH n5, CASE WHEN n5.since =~ '\[?\s*(\d{4})[^/.,]*((\.\.|/|,)\s*\[?\1[^/.,]*)*' THEN n5.sinceDay.year END AS g5_0
    WITH g5_0, [count(*)] AS v5
    WITH g5_0, v5, v5[0] AS k5_0, g5_0 AS k5_1
    ORDER BY k5_0 DESC, k5_1
    LIMIT $q.p14
    RETURN [g5_0] + v5
  }],
  COLLECT {
    MATCH (n6:Fact {id: $q.p15})
    WHERE (n6.level <= $q.openAll OR n6.audience IN $q.audiencesAll)
      AND n6:Person
    WITH
      n6,
      [
        head(COLLECT {
          MATCH (n6)-[r7:TRUSTS]->(n7)
          WHERE (r7.level <= $q.openAll OR r7.audience IN $q.audiencesAll)
            AND (n7.level <= $q.openAll OR n7.audience IN $q.audiencesAll)
          RETURN [count(*)]
        }) + [COLLECT {
          MATCH (n6)-[r7:TRUSTS]->(n7)
          WHERE (r7.level <= $q.openAll OR r7.audience IN $q.audiencesAll)
            AND (n7.level <= $q.openAll OR n7.audience IN $q.audiencesAll)
          WITH n7, r7, n7.name AS g7_0
          WITH g7_0, [count(*)] AS v7
          WITH g7_0, v7, v7[0] AS k7_0, g7_0 AS k7_1
          ORDER BY k7_0 DESC, k7_1
          LIMIT $q.p17
          RETURN [g7_0] + v7
        }],
        EXISTS {
          MATCH (n6)-[r7:TRUSTS]->(n7)
          WHERE (r7.level <= $q.openAll OR r7.audience IN $q.audiencesAll)
            AND (n7.level <= $q.openAll OR n7.audience IN $q.audiencesAll)
            AND (r7.level >= 4 OR n7.level >= 4)
          RETURN n7
        },
        n6.level >= 4
      ] AS s6
    RETURN s6
  },
  EXISTS {
    MATCH (n0:Effort)
    WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
      AND (n0.id IN coalesce($q.p0, []))
      AND (n0.level >= 4)
    RETURN n0
  },
  EXISTS {
    MATCH (n1:Effort)
    WHERE (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
      AND (n1.id IN coalesce($q.p3, []))
      AND (n1.level >= 4)
    RETURN n1
  },
  EXISTS {
    MATCH (n1:Effort)
    WHERE (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
      AND (n1.id IN coalesce($q.p3, []))
    MATCH (n1)<-[r2:SPENT]-(n2)
    WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
      AND (r2.level >= 4)
    RETURN n2
  },
  EXISTS {
    MATCH (n3:Organization)
    WHERE (n3.level <= $q.openAll OR n3.audience IN $q.audiencesAll)
      AND (n3.id IN coalesce($q.p6, []))
      AND (n3.level >= 4)
    RETURN n3
  },
  EXISTS {
    MATCH (n4:Visit)
    WHERE (n4.level <= $q.openAll OR n4.audience IN $q.audiencesAll)
      AND (n4.id IN coalesce($q.p9, []))
      AND (n4.level >= 4)
    RETURN n4
  },
  EXISTS {
    MATCH (n5:Project)
    WHERE (n5.level <= $q.openAll OR n5.audience IN $q.audiencesAll)
      AND (n5.name STARTS WITH $q.p12)
      AND (n5.level >= 4)
    RETURN n5
  }
] AS data
