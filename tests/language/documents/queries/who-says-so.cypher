RETURN [COLLECT {
  MATCH (n0:Fact {id: $q.p0})
  WHERE n0.level <= $q.open
  RETURN [
    head([l IN labels(n0) WHERE l <> 'Fact']),
    CASE
      WHEN n0:City|Country|Region|Person|Organization|Office|Programme|Visit|ExchangeStatement|Event|Objective|Evaluation|Outcome|Topic|Practice|Conversion|Adoption|KnowledgeStore|Effort|PolicyInstrument|Benchmark|Roster|Wave|CloudReport|Council|Meeting|Decision|Project|Problem|Barrier|Partnership|ProcurementRoute|Idea|InnovationPlan|Experiment|Metric|Measurement|Source THEN [
        n0.id,
        head([l IN labels(n0) WHERE l <> 'Fact']),
        n0.confidence,
        n0.marking,
        COLLECT {
          UNWIND n0.sources AS i1
          MATCH (n1:Fact {id: i1})
          WHERE n1.level <= $q.open
            AND n1:Source
          WITH DISTINCT n1
          ORDER BY n1.id
          LIMIT 100
          RETURN [n1.title, n1.url, n1.publisher]
        }
      ]
      WHEN n0:Lesson THEN [
        n0.id,
        n0.confidence,
        n0.marking,
        COLLECT {
          UNWIND n0.sources AS i2
          MATCH (n2:Fact {id: i2})
          WHERE n2.level <= $q.open
            AND n2:Source
          WITH DISTINCT n2
          ORDER BY n2.id
          LIMIT 100
          RETURN [n2.title, n2.url, n2.publisher]
        },
        n0.statement,
        COLLECT {
          MATCH (n0)-[r3:FROM]->(n3)
          WHERE r3.level <= $q.open
          WITH n3, r3
          ORDER BY n3.id, r3.id
          LIMIT $q.p1
          RETURN [
            r3.confidence,
            COLLECT {
              UNWIND r3.sources AS i4
              MATCH (n4:Fact {id: i4})
              WHERE n4.level <= $q.open
                AND n4:Source
              WITH DISTINCT n4
              ORDER BY n4.id
              LIMIT 100
              RETURN [n4.title]
            },
            n3.name
          ]
        }
      ]
    END
  ]
}] AS data
