RETURN [
  COUNT {
    CALL db.index.fulltext.queryNodes('words', $q.p0) YIELD node AS n0
    WITH n0
    WHERE n0.level <= $q.open
      AND (all(w IN $q.p1 WHERE coalesce(n0.aliasesWords, '') + coalesce(n0.hypothesisWords, '') + coalesce(n0.learningWords, '') + coalesce(n0.localNameWords, '') + coalesce(n0.nameWords, '') + coalesce(n0.statementWords, '') + coalesce(n0.subjectWords, '') + coalesce(n0.summaryWords, '') + coalesce(n0.titleWords, '') CONTAINS w))
    RETURN n0
  },
  COLLECT {
    CALL db.index.fulltext.queryNodes('words', $q.p0) YIELD node AS n0
    WITH n0
    WHERE n0.level <= $q.open
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
    RETURN [
      head([l IN labels(n0) WHERE l <> 'Fact']),
      CASE
        WHEN n0:City|Country|Region|Person|Organization|Office|Programme|Event|Topic|Practice|KnowledgeStore|PolicyInstrument|Roster|Wave|Council|Project|Partnership|ProcurementRoute|Idea|InnovationPlan|Metric THEN [head([l IN labels(n0) WHERE l <> 'Fact']), n0.id, n0.name]
        WHEN n0:Visit|ExchangeStatement|Objective|Evaluation|Outcome|Conversion|Adoption|Effort|Benchmark|CloudReport|Meeting|Decision|Problem|Barrier|Experiment|Measurement|Source THEN [head([l IN labels(n0) WHERE l <> 'Fact']), n0.id]
        WHEN n0:Lesson THEN [
          n0.id,
          n0.statement,
          head(COLLECT {
            MATCH (n0)<-[r1:LEARNED]-(n1)
            WHERE r1.level <= $q.open
            WITH n1
            ORDER BY n1.id
            LIMIT 1
            RETURN [n1.name]
          })
        ]
      END,
      n0.name,
      n0.aliases,
      n0.title,
      n0.statement,
      n0.statement,
      n0.summary,
      n0.statement,
      n0.localName,
      n0.title,
      n0.title,
      n0.subject,
      n0.statement,
      n0.statement,
      n0.summary,
      n0.hypothesis,
      n0.learning,
      n0.title,
      k0_0,
      n0.id
    ]
  }
] AS data
