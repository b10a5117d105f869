RETURN [
  COUNT {
    CALL db.index.fulltext.queryNodes('words', $q.p0) YIELD node AS n0
    WITH n0
    WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
      AND (all(w IN $q.p1 WHERE coalesce(n0.aliasesWords, '') + coalesce(n0.hypothesisWords, '') + coalesce(n0.learningWords, '') + coalesce(n0.localNameWords, '') + coalesce(n0.nameWords, '') + coalesce(n0.statementWords, '') + coalesce(n0.subjectWords, '') + coalesce(n0.summaryWords, '') + coalesce(n0.titleWords, '') CONTAINS w))
    RETURN n0
  },
  COLLECT {
    CALL db.index.fulltext.queryNodes('words', $q.p0) YIELD node AS n0
    WITH n0
    WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
      AND (all(w IN $q.p1 WHERE coalesce(n0.aliasesWords, '') + coalesce(n0.hypothesisWords, '') + coalesce(n0.learningWords, '') + coalesce(n0.localNameWords, '') + coalesce(n0.nameWords, '') + coalesce(n0.statementWords, '') + coalesce(n0.subjectWords, '') + coalesce(n0.summaryWords, '') + coalesce(n0.titleWords, '') CONTAINS w))
    WITH
      n0,
      CASE
        WHEN coalesce(n0.aliasesWords, '') + coalesce(n0.hypothesisWords, '') + coalesce(n0.learningWords, '') + coalesce(n0.localNameWords, '') + coalesce(n0.nameWords, '') + coalesce(n0.statementWords, '') + coalesce(n0.subjectWords, '') + coalesce(n0.summaryWords, '') + coalesce(n0.titleWords, '') CONTAINS $q.p2 THEN 0
        WHEN coalesce(n0.aliasesWords, '') + coalesce(n0.hypothesisWords, '') + coalesce(n0.learningWords, '') + coalesce(n0.localNameWords, '') + coalesce(n0.nameWords, '') + coalesce(n0.statementWords, '') + coalesce(n0.subjectWords, '') + coalesce(n0.summaryWords, '') + coalesce(n0.titleWords, '') CONTAINS $q.p3 THEN 1
        ELSE 2
      END AS k0_0
    WITH n0, k0_0
    ORDER BY k0_0, n0.id
    LIMIT $q.p4
    RETURN [n0.id, n0.level >= 4]
  },
  COLLECT {
    CALL db.index.fulltext.queryNodes('words', $q.p5) YIELD node AS n1
    WITH n1
    WHERE (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
      AND (all(w IN $q.p6 WHERE coalesce(n1.aliasesWords, '') + coalesce(n1.hypothesisWords, '') + coalesce(n1.learningWords, '') + coalesce(n1.localNameWords, '') + coalesce(n1.nameWords, '') + coalesce(n1.statementWords, '') + coalesce(n1.subjectWords, '') + coalesce(n1.summaryWords, '') + coalesce(n1.titleWords, '') CONTAINS w))
    WITH
      n1,
      CASE
        WHEN coalesce(n1.aliasesWords, '') + coalesce(n1.hypothesisWords, '') + coalesce(n1.learningWords, '') + coalesce(n1.localNameWords, '') + coalesce(n1.nameWords, '') + coalesce(n1.statementWords, '') + coalesce(n1.subjectWords, '') + coalesce(n1.summaryWords, '') + coalesce(n1.titleWords, '') CONTAINS $q.p7 THEN 0
        WHEN coalesce(n1.aliasesWords, '') + coalesce(n1.hypothesisWords, '') + coalesce(n1.learningWords, '') + coalesce(n1.localNameWords, '') + coalesce(n1.nameWords, '') + coalesce(n1.statementWords, '') + coalesce(n1.subjectWords, '') + coalesce(n1.summaryWords, '') + coalesce(n1.titleWords, '') CONTAINS $q.p8 THEN 1
        ELSE 2
      END AS k1_0
    WITH n1, k1_0
    ORDER BY k1_0, n1.id
    LIMIT $q.p9
    RETURN [n1.id, n1.level >= 4]
  },
  COLLECT {
    CALL db.index.fulltext.queryNodes('words', $q.p10) YIELD node AS n2
    WITH n2
    WHERE (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
      AND (all(w IN $q.p11 WHERE coalesce(n2.aliasesWords, '') + coalesce(n2.hypothesisWords, '') + coalesce(n2.learningWords, '') + coalesce(n2.localNameWords, '') + coalesce(n2.nameWords, '') + coalesce(n2.statementWords, '') + coalesce(n2.subjectWords, '') + coalesce(n2.summaryWords, '') + coalesce(n2.titleWords, '') CONTAINS w))
      AND (head([l IN labels(n2) WHERE l <> 'Fact']) IN coalesce($q.p14, []))
    WITH
      n2,
      CASE
        WHEN coalesce(n2.aliasesWords, '') + coalesce(n2.hypothesisWords, '') + coalesce(n2.learningWords, '') + coalesce(n2.localNameWords, '') + coalesce(n2.nameWords, '') + coalesce(n2.statementWords, '') + coalesce(n2.subjectWords, '') + coalesce(n2.summaryWords, '') + coalesce(n2.titleWords, '') CONTAINS $q.p12 THEN 0
        WHEN coalesce(n2.aliasesWords, '') + coalesce(n2.hypothesisWords, '') + coalesce(n2.learningWords, '') + coalesce(n2.localNameWords, '') + coalesce(n2.nameWords, '') + coalesce(n2.statementWords, '') + coalesce(n2.subjectWords, '') + coalesce(n2.summaryWords, '') + coalesce(n2.titleWords, '') CONTAINS $q.p13 THEN 1
        ELSE 2
      END AS k2_0
    WITH n2, k2_0
    ORDER BY k2_0, n2.id
    LIMIT $q.p15
    RETURN [n2.id, n2.level >= 4]
  },
  COLLECT {
    CALL db.index.fulltext.queryNodes('words', $q.p16) YIELD node AS n3
    WITH n3
    WHERE (n3.level <= $q.openAll OR n3.audience IN $q.audiencesAll)
      AND (all(w IN $q.p17 WHERE coalesce(n3.aliasesWords, '') + coalesce(n3.hypothesisWords, '') + coalesce(n3.learningWords, '') + coalesce(n3.localNameWords, '') + coalesce(n3.nameWords, '') + coalesce(n3.statementWords, '') + coalesce(n3.subjectWords, '') + coalesce(n3.summaryWords, '') + coalesce(n3.titleWords, '') CONTAINS w))
    WITH
      n3,
      CASE
        WHEN coalesce(n3.aliasesWords, '') + coalesce(n3.hypothesisWords, '') + coalesce(n3.learningWords, '') + coalesce(n3.localNameWords, '') + coalesce(n3.nameWords, '') + coalesce(n3.statementWords, '') + coalesce(n3.subjectWords, '') + coalesce(n3.summaryWords, '') + coalesce(n3.titleWords, '') CONTAINS $q.p18 THEN 0
        WHEN coalesce(n3.aliasesWords, '') + coalesce(n3.hypothesisWords, '') + coalesce(n3.learningWords, '') + coalesce(n3.localNameWords, '') + coalesce(n3.nameWords, '') + coalesce(n3.statementWords, '') + coalesce(n3.subjectWords, '') + coalesce(n3.summaryWords, '') + coalesce(n3.titleWords, '') CONTAINS $q.p19 THEN 1
        ELSE 2
      END AS k3_0
    WITH n3, k3_0
    ORDER BY k3_0 DESC, n3.id DESC
    LIMIT $q.p20
    RETURN [n3.id, n3.level >= 4]
  },
  COUNT {
    CALL db.index.fulltext.queryNodes('words', $q.p21) YIELD node AS n4
    WITH n4
    WHERE (n4.level <= $q.openAll OR n4.audience IN $q.audiencesAll)
      AND (all(w IN $q.p22 WHERE coalesce(n4.aliasesWords, '') + coalesce(n4.hypothesisWords, '') + coalesce(n4.learningWords, '') + coalesce(n4.localNameWords, '') + coalesce(n4.nameWords, '') + coalesce(n4.statementWords, '') + coalesce(n4.subjectWords, '') + coalesce(n4.summaryWords, '') + coalesce(n4.titleWords, '') CONTAINS w))
      AND (head([l IN labels(n4) WHERE l <> 'Fact']) IN coalesce($q.p25, []))
    RETURN n4
  },
  COLLECT {
    MATCH (n5:Practice)
    WHERE (n5.level <= $q.openAll OR n5.audience IN $q.audiencesAll)
      AND (all(w IN $q.p27 WHERE n5.summaryWords CONTAINS w))
      AND n5.id IS NOT NULL
    WITH n5
    ORDER BY n5.id
    LIMIT $q.p28
    RETURN [n5.id, n5.level >= 4]
  },
  EXISTS {
    CALL db.index.fulltext.queryNodes('words', $q.p0) YIELD node AS n0
    WITH n0
    WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
      AND (all(w IN $q.p1 WHERE coalesce(n0.aliasesWords, '') + coalesce(n0.hypothesisWords, '') + coalesce(n0.learningWords, '') + coalesce(n0.localNameWords, '') + coalesce(n0.nameWords, '') + coalesce(n0.statementWords, '') + coalesce(n0.subjectWords, '') + coalesce(n0.summaryWords, '') + coalesce(n0.titleWords, '') CONTAINS w))
      AND (n0.level >= 4)
    RETURN n0
  },
  EXISTS {
    CALL db.index.fulltext.queryNodes('words', $q.p21) YIELD node AS n4
    WITH n4
    WHERE (n4.level <= $q.openAll OR n4.audience IN $q.audiencesAll)
      AND (all(w IN $q.p22 WHERE coalesce(n4.aliasesWords, '') + coalesce(n4.hypothesisWords, '') + coalesce(n4.learningWords, '') + coalesce(n4.localNameWords, '') + coalesce(n4.nameWords, '') + coalesce(n4.statementWords, '') + coalesce(n4.subjectWords, '') + coalesce(n4.summaryWords, '') + coalesce(n4.titleWords, '') CONTAINS w))
      AND (head([l IN labels(n4) WHERE l <> 'Fact']) IN coalesce($q.p25, []))
      AND (n4.level >= 4)
    RETURN n4
  }
] AS data
