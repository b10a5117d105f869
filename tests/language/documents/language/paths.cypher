RETURN [
  head(COLLECT {
    MATCH (n0:Fact {id: $q.p0})
    WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
    MATCH (n1:Fact {id: $q.p1})
    WHERE (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
    MATCH w2 = ALL SHORTEST (n0) (
      ()-[r2:KNOWS|WORKS_WITH]-(n2)
      WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
        AND (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
    ){0,6} (n1)
    WHERE length(w2) <= $q.p2
    WITH w2
    ORDER BY [x IN nodes(w2) | x.id], [x IN relationships(w2) | x.id]
    LIMIT 1
    RETURN [
      length(w2),
      COLLECT {
        UNWIND nodes(w2) AS n2
        RETURN [n2.id, n2.level >= 4]
      },
      COLLECT {
        UNWIND relationships(w2) AS r2
        RETURN [type(r2), startNode(r2).id, endNode(r2).id, r2.level >= 4]
      }
    ]
  }),
  head(COLLECT {
    MATCH (n3:Fact {id: $q.p3})
    WHERE (n3.level <= $q.openAll OR n3.audience IN $q.audiencesAll)
    MATCH (n4:Fact {id: $q.p4})
    WHERE (n4.level <= $q.openAll OR n4.audience IN $q.audiencesAll)
    MATCH w5 = ALL SHORTEST (n3) (
      ()-[r5:KNOWS]-(n5)
      WHERE (r5.level <= $q.openAll OR r5.audience IN $q.audiencesAll)
        AND (n5.level <= $q.openAll OR n5.audience IN $q.audiencesAll)
    ){0,6} (n4)
    WHERE length(w5) <= $q.p5
    WITH w5
    ORDER BY [x IN nodes(w5) | x.id], [x IN relationships(w5) | x.id]
    LIMIT 1
    RETURN [
      length(w5),
      COLLECT {
        UNWIND nodes(w5) AS n5
        RETURN [head([l IN labels(n5) WHERE l <> 'Fact']), CASE WHEN n5:Person THEN [n5.name] END, n5.level >= 4]
      },
      COLLECT {
        UNWIND relationships(w5) AS r5
        RETURN [r5.id, startNode(r5).id, r5.level >= 4]
      }
    ]
  }),
  head(COLLECT {
    MATCH (n6:Fact {id: $q.p7})
    WHERE (n6.level <= $q.openAll OR n6.audience IN $q.audiencesAll)
      AND (n6.sinceDay IS NULL OR n6.sinceDay <= $q.p6)
      AND (
        NOT n6:City|Country|Region|Person|Organization|Office|Programme|Topic|Practice|Adoption|KnowledgeStore|PolicyInstrument|Roster|Council|Project|Problem|Barrier|Partnership|ProcurementRoute|InnovationPlan|Metric
        OR (n6.untilDay IS NULL OR n6.untilDay > $q.p6)
      )
    MATCH (n7:Fact {id: $q.p8})
    WHERE (n7.level <= $q.openAll OR n7.audience IN $q.audiencesAll)
      AND (n7.sinceDay IS NULL OR n7.sinceDay <= $q.p6)
      AND (
        NOT n7:City|Country|Region|Person|Organization|Office|Programme|Topic|Practice|Adoption|KnowledgeStore|PolicyInstrument|Roster|Council|Project|Problem|Barrier|Partnership|ProcurementRoute|InnovationPlan|Metric
        OR (n7.untilDay IS NULL OR n7.untilDay > $q.p6)
      )
    MATCH w8 = ALL SHORTEST (n6) (
      ()-[r8:WORKS_WITH]-(n8)
      WHERE (r8.level <= $q.openAll OR r8.audience IN $q.audiencesAll)
        AND (n8.level <= $q.openAll OR n8.audience IN $q.audiencesAll)
        AND (r8.sinceDay IS NULL OR r8.sinceDay <= $q.p6)
        AND (r8.untilDay IS NULL OR r8.untilDay > $q.p6)
        AND (n8.sinceDay IS NULL OR n8.sinceDay <= $q.p6)
        AND (
          NOT n8:City|Country|Region|Person|Organization|Office|Programme|Topic|Practice|Adoption|KnowledgeStore|PolicyInstrument|Roster|Council|Project|Problem|Barrier|Partnership|ProcurementRoute|InnovationPlan|Metric
          OR (n8.untilDay IS NULL OR n8.untilDay > $q.p6)
        )
    ){0,6} (n7)
    WHERE length(w8) <= $q.p9
    WITH w8
    ORDER BY [x IN nodes(w8) | x.id], [x IN relationships(w8) | x.id]
    LIMIT 1
    RETURN [
      length(w8),
      COLLECT {
        UNWIND nodes(w8) AS n8
        RETURN [n8.level >= 4]
      },
      COLLECT {
        UNWIND relationships(w8) AS r8
        RETURN [r8.id, r8.level >= 4]
      }
    ]
  }),
  head(COLLECT {
    MATCH (n9:Fact {id: $q.p11})
    WHERE (n9.level <= $q.openAll OR n9.audience IN $q.audiencesAll)
      AND (n9.sinceDay IS NULL OR n9.sinceDay <= $q.p10)
      AND (
        NOT n9:City|Country|Region|Person|Organization|Office|Programme|Topic|Practice|Adoption|KnowledgeStore|PolicyInstrument|Roster|Council|Project|Problem|Barrier|Partnership|ProcurementRoute|InnovationPlan|Metric
        OR (n9.untilDay IS NULL OR n9.untilDay > $q.p10)
      )
    MATCH (n10:Fact {id: $q.p12})
    WHERE (n10.level <= $q.openAll OR n10.audience IN $q.audiencesAll)
      AND (n10.sinceDay IS NULL OR n10.sinceDay <= $q.p10)
      AND (
        NOT n10:City|Country|Region|Person|Organization|Office|Programme|Topic|Practice|Adoption|KnowledgeStore|PolicyInstrument|Roster|Council|Project|Problem|Barrier|Partnership|ProcurementRoute|InnovationPlan|Metric
        OR (n10.untilDay IS NULL OR n10.untilDay > $q.p10)
      )
    MATCH w11 = ALL SHORTEST (n9) (
      ()-[r11:WORKS_WITH]-(n11)
      WHERE (r11.level <= $q.openAll OR r11.audience IN $q.audiencesAll)
        AND (n11.level <= $q.openAll OR n11.audience IN $q.audiencesAll)
        AND (r11.sinceDay IS NULL OR r11.sinceDay <= $q.p10)
        AND (r11.untilDay IS NULL OR r11.untilDay > $q.p10)
        AND (n11.sinceDay IS NULL OR n11.sinceDay <= $q.p10)
        AND (
          NOT n11:City|Country|Region|Person|Organization|Office|Programme|Topic|Practice|Adoption|KnowledgeStore|PolicyInstrument|Roster|Council|Project|Problem|Barrier|Partnership|ProcurementRoute|InnovationPlan|Metric
          OR (n11.untilDay IS NULL OR n11.untilDay > $q.p10)
        )
    ){0,6} (n10)
    WHERE length(w11) <= $q.p13
    WITH w11
    ORDER BY [x IN nodes(w11) | x.id], [x IN relationships(w11) | x.id]
    LIMIT 1
    RETURN [
      length(w11),
      COLLECT {
        UNWIND nodes(w11) AS n11
        RETURN [n11.level >= 4]
      },
      COLLECT {
        UNWIND relationships(w11) AS r11
        RETURN [r11.level >= 4]
      }
    ]
  }),
  head(COLLECT {
    MATCH (n12:Fact {id: $q.p14})
    WHERE (n12.level <= $q.openAll OR n12.audience IN $q.audiencesAll)
    MATCH (n13:Fact {id: $q.p15})
    WHERE (n13.level <= $q.openAll OR n13.audience IN $q.audiencesAll)
    MATCH w14 = ALL SHORTEST (n12) (
      ()-[r14:WORKS_WITH]-(n14)
      WHERE (r14.level <= $q.openAll OR r14.audience IN $q.audiencesAll)
        AND (n14.level <= $q.openAll OR n14.audience IN $q.audiencesAll)
    ){0,6} (n13)
    WHERE length(w14) <= $q.p16
    WITH w14
    ORDER BY [x IN nodes(w14) | x.id], [x IN relationships(w14) | x.id]
    LIMIT 1
    RETURN [
      length(w14),
      COLLECT {
        UNWIND nodes(w14) AS n14
        RETURN [n14.id, n14.level >= 4]
      },
      COLLECT {
        UNWIND relationships(w14) AS r14
        RETURN [r14.id, r14.level >= 4]
      }
    ]
  }),
  head(COLLECT {
    MATCH (n15:Fact {id: $q.p17})
    WHERE (n15.level <= $q.openAll OR n15.audience IN $q.audiencesAll)
    MATCH (n16:Fact {id: $q.p18})
    WHERE (n16.level <= $q.openAll OR n16.audience IN $q.audiencesAll)
    MATCH w17 = ALL SHORTEST (n15) (
      ()-[r17:WORKS_WITH]-(n17)
      WHERE (r17.level <= $q.openAll OR r17.audience IN $q.audiencesAll)
        AND (n17.level <= $q.openAll OR n17.audience IN $q.audiencesAll)
    ){0,6} (n16)
    WHERE length(w17) <= $q.p19
    WITH w17
    ORDER BY [x IN nodes(w17) | x.id], [x IN relationships(w17) | x.id]
    LIMIT 1
    RETURN [
      length(w17),
      COLLECT {
        UNWIND nodes(w17) AS n17
        RETURN [n17.level >= 4]
      },
      COLLECT {
        UNWIND relationships(w17) AS r17
        RETURN [r17.level >= 4]
      }
    ]
  }),
  head(COLLECT {
    MATCH (n18:Fact {id: $q.p20})
    WHERE (n18.level <= $q.openAll OR n18.audience IN $q.audiencesAll)
    MATCH (n19:Fact {id: $q.p21})
    WHERE (n19.level <= $q.openAll OR n19.audience IN $q.audiencesAll)
    MATCH w20 = ALL SHORTEST (n18) (
      ()-[r20:WORKS_WITH]-(n20)
      WHERE (r20.level <= $q.openAll OR r20.audience IN $q.audiencesAll)
        AND (n20.level <= $q.openAll OR n20.audience IN $q.audiencesAll)
    ){0,6} (n19)
    WHERE length(w20) <= $q.p22
    WITH w20
    ORDER BY [x IN nodes(w20) | x.id], [x IN relationships(w20) | x.id]
    LIMIT 1
    RETURN [
      length(w20),
      COLLECT {
        UNWIND nodes(w20) AS n20
        RETURN [n20.level >= 4]
      },
      COLLECT {
        UNWIND relationships(w20) AS r20
        RETURN [r20.level >= 4]
      }
    ]
  }),
  head(COLLECT {
    MATCH (n21:Fact {id: $q.p23})
    WHERE (n21.level <= $q.openAll OR n21.audience IN $q.audiencesAll)
    MATCH (n22:Fact {id: $q.p24})
    WHERE (n22.level <= $q.openAll OR n22.audience IN $q.audiencesAll)
    MATCH w23 = ALL SHORTEST (n21) (
      ()-[r23:LIVES_IN|WORKS_WITH]-(n23)
      WHERE (r23.level <= $q.openAll OR r23.audience IN $q.audiencesAll)
        AND (n23.level <= $q.openAll OR n23.audience IN $q.audiencesAll)
    ){0,6} (n22)
    WHERE length(w23) <= $q.p25
    WITH w23
    ORDER BY [x IN nodes(w23) | x.id], [x IN relationships(w23) | x.id]
    LIMIT 1
    RETURN [
      length(w23),
      COLLECT {
        UNWIND nodes(w23) AS n23
        RETURN [n23.level >= 4]
      },
      COLLECT {
        UNWIND relationships(w23) AS r23
        RETURN [r23.level >= 4]
      }
    ]
  })
] AS data
