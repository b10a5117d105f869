RETURN [head(COLLECT {
  MATCH (n0:Fact {id: $q.p0})
  WHERE n0.level <= $q.open
  MATCH (n1:Fact {id: $q.p1})
  WHERE n1.level <= $q.open
  MATCH w2 = ALL SHORTEST (n0) (
    ()-[r2:LEARNED|FROM]-(n2)
    WHERE r2.level <= $q.open
      AND n2.level <= $q.open
  ){0,6} (n1)
  WHERE length(w2) <= $q.p2
  WITH w2
  ORDER BY [x IN nodes(w2) | x.id], [x IN relationships(w2) | x.id]
  LIMIT 1
  RETURN [
    length(w2),
    COLLECT {
      UNWIND nodes(w2) AS n2
      RETURN [
        head([l IN labels(n2) WHERE l <> 'Fact']),
        CASE
          WHEN n2:City|Country|Region|Person|Organization|Office|Programme|Event|Topic|Practice|KnowledgeStore|PolicyInstrument|Roster|Wave|Council|Project|Partnership|ProcurementRoute|Idea|InnovationPlan|Metric THEN [n2.id, n2.name]
          WHEN n2:Visit|ExchangeStatement|Objective|Evaluation|Outcome|Conversion|Adoption|Effort|Benchmark|CloudReport|Meeting|Decision|Problem|Barrier|Experiment|Measurement|Source THEN [n2.id]
          WHEN n2:Lesson THEN [n2.id, n2.statement, n2.since]
        END
      ]
    },
    COLLECT {
      UNWIND relationships(w2) AS r2
      RETURN [
        type(r2),
        startNode(r2).id,
        endNode(r2).id,
        COLLECT {
          UNWIND r2.sources AS i3
          MATCH (n3:Fact {id: i3})
          WHERE n3.level <= $q.open
            AND n3:Source
          WITH DISTINCT n3
          ORDER BY n3.id
          LIMIT 100
          RETURN [n3.title]
        }
      ]
    }
  ]
})] AS data
