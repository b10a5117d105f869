RETURN [
  COUNT {
    MATCH (n0:City)
    WHERE (COUNT {
      MATCH (n0)<-[r1:HOSTED_BY]-(n1)
      WHERE r1.level <= $q.open
        AND n1.level <= $q.open
    } >= $q.p0)
  },
  COLLECT {
    MATCH (n0:City)
    WHERE
      (COUNT {
        MATCH (n0)<-[r1:HOSTED_BY]-(n1)
        WHERE r1.level <= $q.open
          AND n1.level <= $q.open
      } >= $q.p0)
      AND n0.name IS NOT NULL
      AND n0.id IS NOT NULL
    WITH n0
    ORDER BY n0.name, n0.id
    LIMIT $q.p1
    RETURN [
      n0.name,
      head(COLLECT {
        MATCH (n0)-[r2:IN_COUNTRY]->(n2)
        WITH n2
        ORDER BY n2.id
        LIMIT 1
        RETURN [n2.name]
      }),
      COUNT {
        MATCH (n0)<-[r3:HOSTED_BY]-(n3)
        WHERE r3.level <= $q.open
          AND n3.level <= $q.open
      },
      COLLECT {
        MATCH (n0)<-[r3:HOSTED_BY]-(n3)
        WHERE r3.level <= $q.open
          AND n3.level <= $q.open
        WITH n3, r3
        ORDER BY n3.id, r3.id
        LIMIT $q.p2
        RETURN [
          n3.confidence,
          COLLECT {
            MATCH (n3)-[r4:MADE_BY]->(n4)
            WHERE r4.level <= $q.open
              AND n4.level <= $q.open
            WITH n4, r4
            ORDER BY n4.id, r4.id
            LIMIT $q.p3
            RETURN [
              head([l IN labels(n4) WHERE l <> 'Fact']),
              CASE
                WHEN n4:City|Country|Region THEN [head([l IN labels(n4) WHERE l <> 'Fact']), n4.name]
                WHEN n4:Person|Office|Programme|Event|Topic|Practice|KnowledgeStore|PolicyInstrument|Roster|Wave|Council|Project|Partnership|ProcurementRoute|Idea|InnovationPlan|Metric THEN [head([l IN labels(n4) WHERE l <> 'Fact'])]
                WHEN n4:Organization THEN [n4.name]
              END
            ]
          }
        ]
      }
    ]
  }
] AS data
