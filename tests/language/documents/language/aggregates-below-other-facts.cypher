RETURN [
  COLLECT {
    MATCH (n0:Person)
    WHERE n0.marking <= $q.open
      AND (n0.id IN coalesce($q.p0, []))
    WITH
      n0,
      COUNT {
        MATCH (n0)-[r1:TRUSTS]->(n1)
        WHERE r1.marking <= $q.open
          AND n1.marking <= $q.open
      } AS k0_0
    WITH n0, k0_0
    ORDER BY k0_0 DESC, n0.id DESC
    LIMIT $q.p1
    WITH
      n0,
      k0_0,
      [
        n0.name,
        head(COLLECT {
          MATCH (n0)-[r2:TRUSTS]->(n2)
          WHERE r2.marking <= $q.open
            AND n2.marking <= $q.open
          RETURN [count(*), toString(max(n2.sinceDay))]
        }) + [COLLECT {
          MATCH (n0)-[r2:TRUSTS]->(n2)
          WHERE r2.marking <= $q.open
            AND n2.marking <= $q.open
          WITH n2, r2, n2.name AS g2_0
          WITH g2_0, count(*) AS c2, [count(*)] AS v2
          ORDER BY c2 DESC, g2_0
          LIMIT $q.p3
          RETURN [g2_0] + v2
        }],
        COLLECT {
          MATCH (n0)-[r2:TRUSTS]->(n2)
          WHERE r2.marking <= $q.open
            AND n2.marking <= $q.open
          WITH n2, r2
          ORDER BY n2.id, r2.id
          LIMIT $q.p2
          WITH
            n2,
            r2,
            [
              r2.strength,
              head(COLLECT {
                MATCH (n2)-[r3:TRUSTS]->(n3)
                WHERE r3.marking <= $q.open
                  AND n3.marking <= $q.open
                RETURN [count(*)]
              })
            ] AS s2
          RETURN s2
        },
        k0_0,
        n0.id
      ] AS s0
    RETURN s0
  },
  COLLECT {
    MATCH (n4:Fact {id: $q.p5})
    WHERE n4.marking <= $q.open
      AND n4:Effort
    WITH
      n4,
      [head(COLLECT {
        MATCH (n4)<-[r5:SPENT]-(n5)
        WHERE r5.marking <= $q.open
        WITH n5
        ORDER BY n5.id
        LIMIT 1
        WITH
          n5,
          [head(COLLECT {
            MATCH (n5)<-[r6:HOSTED_BY]-(n6)
            WHERE r6.marking <= $q.open
              AND n6.marking <= $q.open
              AND (n6.id IN coalesce($q.p6, []))
            RETURN [count(*)]
          })] AS s5
        RETURN s5
      })] AS s4
    RETURN s4
  },
  COLLECT {
    CALL db.index.fulltext.queryNodes('words', $q.p8) YIELD node AS n7
    WITH n7
    WHERE n7.marking <= $q.open
      AND (all(w IN $q.p9 WHERE coalesce(n7.aliasesWords, '') + coalesce(n7.hypothesisWords, '') + coalesce(n7.learningWords, '') + coalesce(n7.localNameWords, '') + coalesce(n7.nameWords, '') + coalesce(n7.statementWords, '') + coalesce(n7.subjectWords, '') + coalesce(n7.summaryWords, '') + coalesce(n7.titleWords, '') CONTAINS w))
    WITH
      n7,
      CASE
        WHEN coalesce(n7.aliasesWords, '') + coalesce(n7.hypothesisWords, '') + coalesce(n7.learningWords, '') + coalesce(n7.localNameWords, '') + coalesce(n7.nameWords, '') + coalesce(n7.statementWords, '') + coalesce(n7.subjectWords, '') + coalesce(n7.summaryWords, '') + coalesce(n7.titleWords, '') CONTAINS $q.p10 THEN 0
        WHEN coalesce(n7.aliasesWords, '') + coalesce(n7.hypothesisWords, '') + coalesce(n7.learningWords, '') + coalesce(n7.localNameWords, '') + coalesce(n7.nameWords, '') + coalesce(n7.statementWords, '') + coalesce(n7.subjectWords, '') + coalesce(n7.summaryWords, '') + coalesce(n7.titleWords, '') CONTAINS $q.p11 THEN 1
        ELSE 2
      END AS k7_0
    WITH n7, k7_0
    ORDER BY k7_0, n7.id
    LIMIT $q.p12
    WITH
      n7,
      k7_0,
      [
        head([l IN labels(n7) WHERE l <> 'Fact']),
        CASE
          WHEN n7:City|Country|Region|Person|Office|Programme|Visit|ExchangeStatement|Event|Objective|Evaluation|Outcome|Topic|Practice|Lesson|Conversion|Adoption|KnowledgeStore|Effort|PolicyInstrument|Benchmark|Roster|Wave|CloudReport|Council|Meeting|Decision|Project|Problem|Barrier|Partnership|ProcurementRoute|Idea|InnovationPlan|Experiment|Metric|Measurement|Source THEN [n7.id]
          WHEN n7:Organization THEN [
            n7.id,
            head(COLLECT {
              MATCH (n7)<-[r8:MEMBER_OF]-(n8)
              WHERE r8.marking <= $q.open
                AND n8.marking <= $q.open
              RETURN [count(*)]
            })
          ]
        END
      ] AS s7
    RETURN s7
  },
  head(COLLECT {
    MATCH (n9:Fact {id: $q.p14})
    WHERE n9.marking <= $q.open
    MATCH (n10:Fact {id: $q.p15})
    WHERE n10.marking <= $q.open
    MATCH w11 = ALL SHORTEST (n9) (
      ()-[r11:WORKS_WITH]-(n11)
      WHERE r11.marking <= $q.open
        AND n11.marking <= $q.open
    ){0,6} (n10)
    WHERE length(w11) <= $q.p16
    WITH w11
    ORDER BY [x IN nodes(w11) | x.id], [x IN relationships(w11) | x.id]
    LIMIT 1
    WITH
      w11,
      [
        length(w11),
        COLLECT {
          UNWIND nodes(w11) AS n11
          WITH
            n11,
            [
              head([l IN labels(n11) WHERE l <> 'Fact']),
              CASE
                WHEN n11:City|Country|Region|Organization|Office|Programme|Visit|ExchangeStatement|Event|Objective|Evaluation|Outcome|Topic|Practice|Lesson|Conversion|Adoption|KnowledgeStore|Effort|PolicyInstrument|Benchmark|Roster|Wave|CloudReport|Council|Meeting|Decision|Project|Problem|Barrier|Partnership|ProcurementRoute|Idea|InnovationPlan|Experiment|Metric|Measurement|Source THEN [n11.id]
                WHEN n11:Person THEN [
                  n11.id,
                  head(COLLECT {
                    MATCH (n11)-[r12:WORKS_WITH]->(n12)
                    WHERE r12.marking <= $q.open
                      AND n12.marking <= $q.open
                    RETURN [count(*)]
                  })
                ]
              END
            ] AS s11
          RETURN s11
        },
        COLLECT {
          UNWIND relationships(w11) AS r11
          RETURN []
        }
      ] AS s9
    RETURN s9
  }),
  [COLLECT {
    MATCH (n13:Effort)
    WHERE n13.marking <= $q.open
      AND (n13.id IN coalesce($q.p18, []))
    WITH
      n13,
      head(COLLECT {
        MATCH (n13)<-[r15:SPENT]-(n15)
        WHERE r15.marking <= $q.open
        WITH n15
        ORDER BY n15.id
        LIMIT 1
        RETURN n15
      }) AS n15
    WITH n15, count(*) AS c13, [] AS v13
    ORDER BY c13 DESC, n15.id
    LIMIT $q.p20
    WITH
      n15,
      v13,
      [CASE
        WHEN n15 IS NOT NULL THEN [
          n15.name,
          head(COLLECT {
            MATCH (n15)-[r14:SPENT]->(n14)
            WHERE r14.marking <= $q.open
              AND n14.marking <= $q.open
              AND (n14.id IN coalesce($q.p21, []))
            RETURN [count(*)]
          })
        ]
      END] + v13 AS s13
    RETURN s13
  }]
] AS data
