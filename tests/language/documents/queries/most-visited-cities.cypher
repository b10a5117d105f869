RETURN [
  COUNT {
    MATCH (n0:City)
    WHERE (COUNT {
      MATCH (n0)<-[r1:HOSTED_BY]-(n1)
      WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
        AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
    } >= $q.p0)
  },
  COLLECT {
    MATCH (n0:City)
    WHERE
      (COUNT {
        MATCH (n0)<-[r1:HOSTED_BY]-(n1)
        WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
          AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
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
        WHERE (r3.level <= $q.openAll OR r3.audience IN $q.audiencesAll)
          AND (n3.level <= $q.openAll OR n3.audience IN $q.audiencesAll)
      },
      COLLECT {
        MATCH (n0)<-[r3:HOSTED_BY]-(n3)
        WHERE (r3.level <= $q.openAll OR r3.audience IN $q.audiencesAll)
          AND (n3.level <= $q.openAll OR n3.audience IN $q.audiencesAll)
        WITH n3, r3
        ORDER BY n3.id, r3.id
        LIMIT $q.p2
        RETURN [
          n3.confidence,
          COLLECT {
            MATCH (n3)-[r4:MADE_BY]->(n4)
            WHERE (r4.level <= $q.openAll OR r4.audience IN $q.audiencesAll)
              AND (n4.level <= $q.openAll OR n4.audience IN $q.audiencesAll)
            WITH n4, r4
            ORDER BY n4.id, r4.id
            LIMIT $q.p3
            RETURN [
              head([l IN labels(n4) WHERE l <> 'Fact']),
              CASE
                WHEN n4:City|Country|Region THEN [head([l IN labels(n4) WHERE l <> 'Fact']), n4.name]
                WHEN n4:Person|Office|Programme|Event|Topic|Practice|KnowledgeStore|PolicyInstrument|Roster|Wave|Council|Project|Partnership|ProcurementRoute|Idea|InnovationPlan|Metric THEN [head([l IN labels(n4) WHERE l <> 'Fact'])]
                WHEN n4:Organization THEN [n4.name]
              END,
              r4.level >= 4 OR n4.level >= 4
            ]
          },
          r3.level >= 4 OR n3.level >= 4
        ]
      },
      EXISTS {
        MATCH (n0)<-[r3:HOSTED_BY]-(n3)
        WHERE (r3.level <= $q.openAll OR r3.audience IN $q.audiencesAll)
          AND (n3.level <= $q.openAll OR n3.audience IN $q.audiencesAll)
          AND (r3.level >= 4 OR n3.level >= 4)
        RETURN n3
      }
    ]
  }
] AS data
