RETURN [
  COLLECT {
    MATCH (n0:Person)
    WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
      AND (n0.id IN coalesce($q.p0, []))
    WITH
      n0,
      COUNT {
        MATCH (n0)-[r1:TRUSTS]->(n1)
        WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
          AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
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
          WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
            AND (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
          RETURN [count(*), toString(max(n2.sinceDay))]
        }) + [COLLECT {
          MATCH (n0)-[r2:TRUSTS]->(n2)
          WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
            AND (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
          WITH n2, r2, n2.name AS g2_0
          WITH g2_0, [count(*)] AS v2
          WITH g2_0, v2, v2[0] AS k2_0, g2_0 AS k2_1
          ORDER BY k2_0 DESC, k2_1
          LIMIT $q.p3
          RETURN [g2_0] + v2
        }],
        COLLECT {
          MATCH (n0)-[r2:TRUSTS]->(n2)
          WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
            AND (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
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
                WHERE (r3.level <= $q.openAll OR r3.audience IN $q.audiencesAll)
                  AND (n3.level <= $q.openAll OR n3.audience IN $q.audiencesAll)
                RETURN [count(*)]
              }),
              EXISTS {
                MATCH (n2)-[r3:TRUSTS]->(n3)
                WHERE (r3.level <= $q.openAll OR r3.audience IN $q.audiencesAll)
                  AND (n3.level <= $q.openAll OR n3.audience IN $q.audiencesAll)
                  AND (r3.level >= 4 OR n3.level >= 4)
                RETURN n3
              },
              r2.level >= 4 OR n2.level >= 4
            ] AS s2
          RETURN s2
        },
        k0_0,
        n0.id,
        EXISTS {
          MATCH (n0)-[r2:TRUSTS]->(n2)
          WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
            AND (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
            AND (r2.level >= 4 OR n2.level >= 4)
          RETURN n2
        },
        n0.level >= 4
      ] AS s0
    RETURN s0
  },
  COLLECT {
    MATCH (n4:Fact {id: $q.p5})
    WHERE (n4.level <= $q.openAll OR n4.audience IN $q.audiencesAll)
      AND n4:Effort
    WITH
      n4,
      [
        head(COLLECT {
          MATCH (n4)<-[r5:SPENT]-(n5)
          WHERE (r5.level <= $q.openAll OR r5.audience IN $q.audiencesAll)
          WITH n5, r5
          ORDER BY n5.id, r5.id
          LIMIT 1
          WITH
            n5,
            r5,
            [
              head(COLLECT {
                MATCH (n5)<-[r6:HOSTED_BY]-(n6)
                WHERE (r6.level <= $q.openAll OR r6.audience IN $q.audiencesAll)
                  AND (n6.level <= $q.openAll OR n6.audience IN $q.audiencesAll)
                  AND (n6.id IN coalesce($q.p6, []))
                RETURN [count(*)]
              }),
              EXISTS {
                MATCH (n5)<-[r6:HOSTED_BY]-(n6)
                WHERE (r6.level <= $q.openAll OR r6.audience IN $q.audiencesAll)
                  AND (n6.level <= $q.openAll OR n6.audience IN $q.audiencesAll)
                  AND (n6.id IN coalesce($q.p6, []))
                  AND (r6.level >= 4 OR n6.level >= 4)
                RETURN n6
              },
              r5.level >= 4
            ] AS s5
          RETURN s5
        }),
        n4.level >= 4
      ] AS s4
    RETURN s4
  },
  COLLECT {
    CALL db.index.fulltext.queryNodes('words', $q.p8) YIELD node AS n7
    WITH n7
    WHERE (n7.level <= $q.openAll OR n7.audience IN $q.audiencesAll)
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
              WHERE (r8.level <= $q.openAll OR r8.audience IN $q.audiencesAll)
                AND (n8.level <= $q.openAll OR n8.audience IN $q.audiencesAll)
              RETURN [count(*)]
            }),
            EXISTS {
              MATCH (n7)<-[r8:MEMBER_OF]-(n8)
              WHERE (r8.level <= $q.openAll OR r8.audience IN $q.audiencesAll)
                AND (n8.level <= $q.openAll OR n8.audience IN $q.audiencesAll)
                AND (r8.level >= 4 OR n8.level >= 4)
              RETURN n8
            }
          ]
        END,
        n7.level >= 4
      ] AS s7
    RETURN s7
  },
  head(COLLECT {
    MATCH (n9:Fact {id: $q.p14})
    WHERE (n9.level <= $q.openAll OR n9.audience IN $q.audiencesAll)
    MATCH (n10:Fact {id: $q.p15})
    WHERE (n10.level <= $q.openAll OR n10.audience IN $q.audiencesAll)
    MATCH w11 = ALL SHORTEST (n9) (
      ()-[r11:WORKS_WITH]-(n11)
      WHERE (r11.level <= $q.openAll OR r11.audience IN $q.audiencesAll)
        AND (n11.level <= $q.openAll OR n11.audience IN $q.audiencesAll)
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
                    WHERE (r12.level <= $q.openAll OR r12.audience IN $q.audiencesAll)
                      AND (n12.level <= $q.openAll OR n12.audience IN $q.audiencesAll)
                    RETURN [count(*)]
                  }),
                  EXISTS {
                    MATCH (n11)-[r12:WORKS_WITH]->(n12)
                    WHERE (r12.level <= $q.openAll OR r12.audience IN $q.audiencesAll)
                      AND (n12.level <= $q.openAll OR n12.audience IN $q.audiencesAll)
                      AND (r12.level >= 4 OR n12.level >= 4)
                    RETURN n12
                  }
                ]
              END,
              n11.level >= 4
            ] AS s11
          RETURN s11
        },
        COLLECT {
          UNWIND relationships(w11) AS r11
          RETURN [r11.level >= 4]
        }
      ] AS s9
    RETURN s9
  }),
  [COLLECT {
    MATCH (n13:Effort)
    WHERE (n13.level <= $q.openAll OR n13.audience IN $q.audiencesAll)
      AND (n13.id IN coalesce($q.p18, []))
    WITH
      n13,
      head(COLLECT {
        MATCH (n13)<-[r15:SPENT]-(n15)
        WHERE (r15.level <= $q.openAll OR r15.audience IN $q.audiencesAll)
        WITH n15
        ORDER BY n15.id
        LIMIT 1
        RETURN n15
      }) AS n15
    WITH n15, [count(*)] AS v13
    WITH n15, v13, v13[0] AS k13_0, n15.id AS k13_1
    ORDER BY k13_0 DESC, k13_1
    LIMIT $q.p22
    WITH
      n15,
      v13,
      k13_0,
      k13_1,
      [CASE
        WHEN n15 IS NOT NULL THEN [
          n15.name,
          head(COLLECT {
            MATCH (n15)-[r14:SPENT]->(n14)
            WHERE (r14.level <= $q.openAll OR r14.audience IN $q.audiencesAll)
              AND (n14.level <= $q.openAll OR n14.audience IN $q.audiencesAll)
              AND (n14.id IN coalesce($q.p20, []))
            RETURN [count(*)]
          }),
          EXISTS {
            MATCH (n15)-[r14:SPENT]->(n14)
            WHERE (r14.level <= $q.openAll OR r14.audience IN $q.audiencesAll)
              AND (n14.level <= $q.openAll OR n14.audience IN $q.audiencesAll)
              AND (n14.id IN coalesce($q.p20, []))
              AND (r14.level >= 4 OR n14.level >= 4)
            RETURN n14
          }
        ]
      END] + v13 AS s13
    RETURN s13
  }],
  EXISTS {
    MATCH (n13:Effort)
    WHERE (n13.level <= $q.openAll OR n13.audience IN $q.audiencesAll)
      AND (n13.id IN coalesce($q.p18, []))
      AND (n13.level >= 4)
    RETURN n13
  },
  EXISTS {
    MATCH (n13:Effort)
    WHERE (n13.level <= $q.openAll OR n13.audience IN $q.audiencesAll)
      AND (n13.id IN coalesce($q.p18, []))
    MATCH (n13)<-[r15:SPENT]-(n15)
    WHERE (r15.level <= $q.openAll OR r15.audience IN $q.audiencesAll)
      AND (r15.level >= 4)
    RETURN n15
  }
] AS data
