RETURN [
  COLLECT {
    MATCH (n0:Fact {id: $q.p0})
    WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
      AND n0:Visit
    RETURN [
      COLLECT {
        MATCH (n0)-[r1:MADE_BY]->(n1)
        WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
          AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
          AND (head([l IN labels(n1) WHERE l <> 'Fact']) IN coalesce($q.p1, []))
        WITH n1, r1
        ORDER BY n1.id, r1.id
        LIMIT $q.p2
        RETURN [
          head([l IN labels(n1) WHERE l <> 'Fact']),
          CASE
            WHEN n1:City THEN [
              n1.id,
              n1.name,
              n1.population,
              head(COLLECT {
                MATCH (n1)-[r2:IN_COUNTRY]->(n2)
                WITH n2
                ORDER BY n2.id
                LIMIT 1
                RETURN [n2.isoCode]
              })
            ]
            WHEN n1:Country|Region THEN [head([l IN labels(n1) WHERE l <> 'Fact']), n1.id, n1.name]
            WHEN n1:Person|Office|Programme|Event|Topic|Practice|KnowledgeStore|PolicyInstrument|Roster|Wave|Council|Project|Partnership|ProcurementRoute|Idea|InnovationPlan|Metric THEN [head([l IN labels(n1) WHERE l <> 'Fact']), n1.id]
            WHEN n1:Organization THEN [
              n1.id,
              n1.kind,
              COUNT {
                MATCH (n1)-[r3:BASED_IN]->(n3)
                WHERE (r3.level <= $q.openAll OR r3.audience IN $q.audiencesAll)
              },
              EXISTS {
                MATCH (n1)-[r3:BASED_IN]->(n3)
                WHERE (r3.level <= $q.openAll OR r3.audience IN $q.audiencesAll)
                  AND (r3.level >= 4)
                RETURN n3
              }
            ]
          END,
          r1.level >= 4 OR n1.level >= 4
        ]
      },
      n0.level >= 4
    ]
  },
  COLLECT {
    UNWIND $q.p4 AS i4
    MATCH (n4:Fact {id: i4})
    WHERE (n4.level <= $q.openAll OR n4.audience IN $q.audiencesAll)
    RETURN [
      n4.id,
      head([l IN labels(n4) WHERE l <> 'Fact']),
      CASE
        WHEN n4:City|Country|Region|Person|Organization|Programme|Visit|ExchangeStatement|Event|Objective|Evaluation|Outcome|Topic|Practice|Lesson|Conversion|Adoption|KnowledgeStore|Effort|PolicyInstrument|Benchmark|Roster|Wave|CloudReport|Council|Meeting|Decision|Project|Problem|Barrier|Partnership|ProcurementRoute|Idea|InnovationPlan|Experiment|Metric|Measurement|Source THEN [n4.id, head([l IN labels(n4) WHERE l <> 'Fact'])]
        WHEN n4:Office THEN [
          n4.id,
          n4.name,
          COLLECT {
            MATCH (n4)<-[r5:HOLDS]-(n5)
            WHERE (r5.level <= $q.openAll OR r5.audience IN $q.audiencesAll)
              AND (n5.level <= $q.openAll OR n5.audience IN $q.audiencesAll)
            WITH n5, r5
            ORDER BY r5.sinceDay, r5.id
            LIMIT $q.p5
            RETURN [r5.id, r5.since, n5.name, r5.level >= 4 OR n5.level >= 4]
          }
        ]
      END,
      n4.level >= 4
    ]
  }
] AS data
