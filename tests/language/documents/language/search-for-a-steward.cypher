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
    RETURN [n0.id, k0_0, n0.id, n0.level >= 4]
  },
  EXISTS {
    CALL db.index.fulltext.queryNodes('words', $q.p0) YIELD node AS n0
    WITH n0
    WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
      AND (all(w IN $q.p1 WHERE coalesce(n0.aliasesWords, '') + coalesce(n0.hypothesisWords, '') + coalesce(n0.learningWords, '') + coalesce(n0.localNameWords, '') + coalesce(n0.nameWords, '') + coalesce(n0.statementWords, '') + coalesce(n0.subjectWords, '') + coalesce(n0.summaryWords, '') + coalesce(n0.titleWords, '') CONTAINS w))
      AND (n0.level >= 4)
    RETURN n0
  }
] AS data
