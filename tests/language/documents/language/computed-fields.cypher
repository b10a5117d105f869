RETURN [
  COLLECT {
    MATCH (n0:Fact {id: $q.p0})
    WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
      AND n0:Wave
    WITH
      n0,
      [
        [n0.answered, n0.invited],
        head(COLLECT {
          MATCH (n0)-[r1:OF_ROSTER]->(n1), (n1)<-[r2:OF_ROSTER]-(n2)
          WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
            AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
            AND (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
            AND (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
            AND n2.sinceDay < n0.sinceDay
          WITH n0, n1, n2
          ORDER BY n2.sinceDay DESC, n2.id, n1.id
          LIMIT 1
          OPTIONAL MATCH (n1)<-[r3:LISTED_ON]-(n3), (n3)-[r4:TRUSTS]->(n4)
          WHERE (r3.level <= $q.openAll OR r3.audience IN $q.audiencesAll)
            AND (n3.level <= $q.openAll OR n3.audience IN $q.audiencesAll)
            AND (r4.level <= $q.openAll OR r4.audience IN $q.audiencesAll)
            AND (n4.level <= $q.openAll OR n4.audience IN $q.audiencesAll)
            AND r4.wave IN [n0.id, n2.id]
          WITH n0, n1, n2, n3, n4, collect(DISTINCT r4.wave) AS s4
          WITH n0, n1, n2, n3, n4, s4, CASE WHEN s4 = [n0.id] THEN n2 ELSE n0 END AS c4
          WITH
            n0,
            n2,
            s4,
            size(s4) = 1 AND EXISTS {
              WITH n3 AS v5
              MATCH (v5)-[r5:ANSWERED]->(n5)
              WHERE (r5.level <= $q.openAll OR r5.audience IN $q.audiencesAll)
                AND (n5.level <= $q.openAll OR n5.audience IN $q.audiencesAll)
                AND n5 = c4
                AND r5.consent IN ['NAMED', 'PSEUDONYM']
            } AND EXISTS {
              WITH n4 AS v6
              MATCH (v6)-[r6:LISTED_ON]->(n6)
              WHERE (r6.level <= $q.openAll OR r6.audience IN $q.audiencesAll)
                AND (n6.level <= $q.openAll OR n6.audience IN $q.audiencesAll)
                AND n6 = n1
                AND (r6.sinceDay IS NULL OR r6.sinceDay <= c4.sinceDay)
                AND (r6.untilDay IS NULL OR r6.untilDay > c4.sinceDay)
            } AS c4
          WITH
            n2,
            [
              count(CASE WHEN size(s4) = 2 THEN 1 END),
              count(CASE WHEN c4 AND s4 = [n0.id] THEN 1 END),
              count(CASE WHEN c4 AND s4 = [n2.id] THEN 1 END),
              count(CASE WHEN size(s4) > 0 THEN 1 END)
            ] AS c4
          RETURN c4
        }),
        n0.level >= 4
      ] AS s0
    RETURN s0
  },
  COLLECT {
    MATCH (n7:Fact {id: $q.p1})
    WHERE (n7.level <= $q.openAll OR n7.audience IN $q.audiencesAll)
      AND n7:Wave
    WITH
      n7,
      [
        [n7.answered, n7.invited],
        head(COLLECT {
          MATCH (n7)-[r8:OF_ROSTER]->(n8), (n8)<-[r9:OF_ROSTER]-(n9)
          WHERE (r8.level <= $q.openAll OR r8.audience IN $q.audiencesAll)
            AND (n8.level <= $q.openAll OR n8.audience IN $q.audiencesAll)
            AND (r9.level <= $q.openAll OR r9.audience IN $q.audiencesAll)
            AND (n9.level <= $q.openAll OR n9.audience IN $q.audiencesAll)
            AND n9.sinceDay < n7.sinceDay
          WITH n7, n8, n9
          ORDER BY n9.sinceDay DESC, n9.id, n8.id
          LIMIT 1
          OPTIONAL MATCH (n8)<-[r10:LISTED_ON]-(n10), (n10)-[r11:TRUSTS]->(n11)
          WHERE (r10.level <= $q.openAll OR r10.audience IN $q.audiencesAll)
            AND (n10.level <= $q.openAll OR n10.audience IN $q.audiencesAll)
            AND (r11.level <= $q.openAll OR r11.audience IN $q.audiencesAll)
            AND (n11.level <= $q.openAll OR n11.audience IN $q.audiencesAll)
            AND r11.wave IN [n7.id, n9.id]
          WITH n7, n8, n9, n10, n11, collect(DISTINCT r11.wave) AS s11
          WITH n7, n8, n9, n10, n11, s11, CASE WHEN s11 = [n7.id] THEN n9 ELSE n7 END AS c11
          WITH
            n7,
            n9,
            s11,
            size(s11) = 1 AND EXISTS {
              WITH n10 AS v12
              MATCH (v12)-[r12:ANSWERED]->(n12)
              WHERE (r12.level <= $q.openAll OR r12.audience IN $q.audiencesAll)
                AND (n12.level <= $q.openAll OR n12.audience IN $q.audiencesAll)
                AND n12 = c11
                AND r12.consent IN ['NAMED', 'PSEUDONYM']
            } AND EXISTS {
              WITH n11 AS v13
              MATCH (v13)-[r13:LISTED_ON]->(n13)
              WHERE (r13.level <= $q.openAll OR r13.audience IN $q.audiencesAll)
                AND (n13.level <= $q.openAll OR n13.audience IN $q.audiencesAll)
                AND n13 = n8
                AND (r13.sinceDay IS NULL OR r13.sinceDay <= c11.sinceDay)
                AND (r13.untilDay IS NULL OR r13.untilDay > c11.sinceDay)
            } AS c11
          WITH
            n9,
            [
              count(CASE WHEN size(s11) = 2 THEN 1 END),
              count(CASE WHEN c11 AND s11 = [n7.id] THEN 1 END),
              count(CASE WHEN c11 AND s11 = [n9.id] THEN 1 END),
              count(CASE WHEN size(s11) > 0 THEN 1 END)
            ] AS c11
          RETURN c11
        }),
        n7.level >= 4
      ] AS s7
    RETURN s7
  },
  COLLECT {
    MATCH (n14:Fact {id: $q.p2})
    WHERE (n14.level <= $q.openAll OR n14.audience IN $q.audiencesAll)
      AND n14:Wave
    RETURN [[n14.answered, n14.invited], n14.level >= 4]
  },
  COLLECT {
    MATCH (n15:Fact {id: $q.p3})
    WHERE (n15.level <= $q.openAll OR n15.audience IN $q.audiencesAll)
      AND n15:Person
    RETURN [
      COLLECT {
        MATCH (n15)-[r16:TRUSTS]->(n16)
        WHERE (r16.level <= $q.openAll OR r16.audience IN $q.audiencesAll)
          AND (n16.level <= $q.openAll OR n16.audience IN $q.audiencesAll)
        WITH n16, r16
        ORDER BY r16.id, r16.id
        LIMIT $q.p4
        RETURN [
          r16.id,
          head(COLLECT {
            MATCH (n17:Fact {id: r16.wave})
            WHERE n17:Wave
              AND (n17.level <= $q.openAll OR n17.audience IN $q.audiencesAll)
            MATCH (n17)-[r18:OF_ROSTER]->(n18), (n18)<-[r19:OF_ROSTER]-(n19)
            WHERE (r18.level <= $q.openAll OR r18.audience IN $q.audiencesAll)
              AND (n18.level <= $q.openAll OR n18.audience IN $q.audiencesAll)
              AND (r19.level <= $q.openAll OR r19.audience IN $q.audiencesAll)
              AND (n19.level <= $q.openAll OR n19.audience IN $q.audiencesAll)
              AND n19.sinceDay < n17.sinceDay
            WITH n17, n18, n19
            ORDER BY n19.sinceDay DESC, n19.id, n18.id
            LIMIT 1
            RETURN CASE
              WHEN EXISTS {
                WITH startNode(r16) AS v20
                MATCH (v20)-[r20:TRUSTS]->(n20)
                WHERE (r20.level <= $q.openAll OR r20.audience IN $q.audiencesAll)
                  AND (n20.level <= $q.openAll OR n20.audience IN $q.audiencesAll)
                  AND n20 = endNode(r16)
                  AND r20.wave = n19.id
              } THEN 'PRESENT'
              WHEN EXISTS {
                WITH startNode(r16) AS v21
                MATCH (v21)-[r21:ANSWERED]->(n21)
                WHERE (r21.level <= $q.openAll OR r21.audience IN $q.audiencesAll)
                  AND (n21.level <= $q.openAll OR n21.audience IN $q.audiencesAll)
                  AND n21 = n19
                  AND r21.consent IN ['NAMED', 'PSEUDONYM']
              } AND EXISTS {
                WITH endNode(r16) AS v22
                MATCH (v22)-[r22:LISTED_ON]->(n22)
                WHERE (r22.level <= $q.openAll OR r22.audience IN $q.audiencesAll)
                  AND (n22.level <= $q.openAll OR n22.audience IN $q.audiencesAll)
                  AND n22 = n18
                  AND (r22.sinceDay IS NULL OR r22.sinceDay <= n19.sinceDay)
                  AND (r22.untilDay IS NULL OR r22.untilDay > n19.sinceDay)
              } THEN 'ABSENT'
              ELSE 'UNKNOWN'
            END
          }),
          head(COLLECT {
            MATCH (n23:Fact {id: r16.wave})
            WHERE n23:Wave
              AND (n23.level <= $q.openAll OR n23.audience IN $q.audiencesAll)
            MATCH (n23)-[r24:OF_ROSTER]->(n24), (n24)<-[r25:OF_ROSTER]-(n25)
            WHERE (r24.level <= $q.openAll OR r24.audience IN $q.audiencesAll)
              AND (n24.level <= $q.openAll OR n24.audience IN $q.audiencesAll)
              AND (r25.level <= $q.openAll OR r25.audience IN $q.audiencesAll)
              AND (n25.level <= $q.openAll OR n25.audience IN $q.audiencesAll)
              AND n25.sinceDay > n23.sinceDay
            WITH n23, n24, n25
            ORDER BY n25.sinceDay, n25.id, n24.id
            LIMIT 1
            RETURN CASE
              WHEN EXISTS {
                WITH startNode(r16) AS v26
                MATCH (v26)-[r26:TRUSTS]->(n26)
                WHERE (r26.level <= $q.openAll OR r26.audience IN $q.audiencesAll)
                  AND (n26.level <= $q.openAll OR n26.audience IN $q.audiencesAll)
                  AND n26 = endNode(r16)
                  AND r26.wave = n25.id
              } THEN 'PRESENT'
              WHEN EXISTS {
                WITH startNode(r16) AS v27
                MATCH (v27)-[r27:ANSWERED]->(n27)
                WHERE (r27.level <= $q.openAll OR r27.audience IN $q.audiencesAll)
                  AND (n27.level <= $q.openAll OR n27.audience IN $q.audiencesAll)
                  AND n27 = n25
                  AND r27.consent IN ['NAMED', 'PSEUDONYM']
              } AND EXISTS {
                WITH endNode(r16) AS v28
                MATCH (v28)-[r28:LISTED_ON]->(n28)
                WHERE (r28.level <= $q.openAll OR r28.audience IN $q.audiencesAll)
                  AND (n28.level <= $q.openAll OR n28.audience IN $q.audiencesAll)
                  AND n28 = n24
                  AND (r28.sinceDay IS NULL OR r28.sinceDay <= n25.sinceDay)
                  AND (r28.untilDay IS NULL OR r28.untilDay > n25.sinceDay)
              } THEN 'ABSENT'
              ELSE 'UNKNOWN'
            END
          }),
          n16.name,
          r16.level >= 4 OR n16.level >= 4
        ]
      },
      COLLECT {
        MATCH (n15)<-[r29:TRUSTS]-(n29)
        WHERE (r29.level <= $q.openAll OR r29.audience IN $q.audiencesAll)
          AND (n29.level <= $q.openAll OR n29.audience IN $q.audiencesAll)
        WITH n29, r29
        ORDER BY n29.id, r29.id
        LIMIT $q.p5
        RETURN [
          r29.id,
          head(COLLECT {
            MATCH (n30:Fact {id: r29.wave})
            WHERE n30:Wave
              AND (n30.level <= $q.openAll OR n30.audience IN $q.audiencesAll)
            MATCH (n30)-[r31:OF_ROSTER]->(n31), (n31)<-[r32:OF_ROSTER]-(n32)
            WHERE (r31.level <= $q.openAll OR r31.audience IN $q.audiencesAll)
              AND (n31.level <= $q.openAll OR n31.audience IN $q.audiencesAll)
              AND (r32.level <= $q.openAll OR r32.audience IN $q.audiencesAll)
              AND (n32.level <= $q.openAll OR n32.audience IN $q.audiencesAll)
              AND n32.sinceDay > n30.sinceDay
            WITH n30, n31, n32
            ORDER BY n32.sinceDay, n32.id, n31.id
            LIMIT 1
            RETURN CASE
              WHEN EXISTS {
                WITH startNode(r29) AS v33
                MATCH (v33)-[r33:TRUSTS]->(n33)
                WHERE (r33.level <= $q.openAll OR r33.audience IN $q.audiencesAll)
                  AND (n33.level <= $q.openAll OR n33.audience IN $q.audiencesAll)
                  AND n33 = endNode(r29)
                  AND r33.wave = n32.id
              } THEN 'PRESENT'
              WHEN EXISTS {
                WITH startNode(r29) AS v34
                MATCH (v34)-[r34:ANSWERED]->(n34)
                WHERE (r34.level <= $q.openAll OR r34.audience IN $q.audiencesAll)
                  AND (n34.level <= $q.openAll OR n34.audience IN $q.audiencesAll)
                  AND n34 = n32
                  AND r34.consent IN ['NAMED', 'PSEUDONYM']
              } AND EXISTS {
                WITH endNode(r29) AS v35
                MATCH (v35)-[r35:LISTED_ON]->(n35)
                WHERE (r35.level <= $q.openAll OR r35.audience IN $q.audiencesAll)
                  AND (n35.level <= $q.openAll OR n35.audience IN $q.audiencesAll)
                  AND n35 = n31
                  AND (r35.sinceDay IS NULL OR r35.sinceDay <= n32.sinceDay)
                  AND (r35.untilDay IS NULL OR r35.untilDay > n32.sinceDay)
              } THEN 'ABSENT'
              ELSE 'UNKNOWN'
            END
          }),
          r29.level >= 4 OR n29.level >= 4
        ]
      },
      COLLECT {
        MATCH (n15)-[r36:TRUSTS]->(n36)
        WHERE (r36.level <= $q.openAll OR r36.audience IN $q.audiencesAll)
          AND (n36.level <= $q.openAll OR n36.audience IN $q.audiencesAll)
          AND n36 <> n15
          AND EXISTS {
            MATCH (n15)<-[r37:TRUSTS]-(n37)
            WHERE (r37.level <= $q.openAll OR r37.audience IN $q.audiencesAll)
              AND (n37.level <= $q.openAll OR n37.audience IN $q.audiencesAll)
              AND n37 = n36
          }
          AND NOT EXISTS {
            MATCH (n15)-[r38:MEMBER_OF]->(n38), (n38)<-[r39:MEMBER_OF]-(n39:Person)
            WHERE (r38.level <= $q.openAll OR r38.audience IN $q.audiencesAll)
              AND (n38.level <= $q.openAll OR n38.audience IN $q.audiencesAll)
              AND (r39.level <= $q.openAll OR r39.audience IN $q.audiencesAll)
              AND (n39.level <= $q.openAll OR n39.audience IN $q.audiencesAll)
              AND n39 = n36
          }
        WITH DISTINCT n36
        ORDER BY n36.id
        LIMIT 100
        RETURN [n36.id, n36.name, n36.level >= 4]
      },
      COLLECT {
        MATCH (n15)-[r40:MEMBER_OF]->(n40), (n40)<-[r41:MEMBER_OF]-(n41:Person)
        WHERE (r40.level <= $q.openAll OR r40.audience IN $q.audiencesAll)
          AND (n40.level <= $q.openAll OR n40.audience IN $q.audiencesAll)
          AND (r41.level <= $q.openAll OR r41.audience IN $q.audiencesAll)
          AND (n41.level <= $q.openAll OR n41.audience IN $q.audiencesAll)
          AND n41 <> n15
          AND NOT EXISTS {
            MATCH (n15)-[r42:TRUSTS]->(n42)
            WHERE (r42.level <= $q.openAll OR r42.audience IN $q.audiencesAll)
              AND (n42.level <= $q.openAll OR n42.audience IN $q.audiencesAll)
              AND n42 = n41
          }
          AND NOT EXISTS {
            MATCH (n15)<-[r43:TRUSTS]-(n43)
            WHERE (r43.level <= $q.openAll OR r43.audience IN $q.audiencesAll)
              AND (n43.level <= $q.openAll OR n43.audience IN $q.audiencesAll)
              AND n43 = n41
          }
        WITH DISTINCT n41
        ORDER BY n41.id
        LIMIT 100
        RETURN [n41.id, n41.level >= 4]
      },
      n15.level >= 4
    ]
  },
  COLLECT {
    MATCH (n44:Fact {id: $q.p6})
    WHERE (n44.level <= $q.openAll OR n44.audience IN $q.audiencesAll)
      AND n44:Person
    RETURN [
      COLLECT {
        MATCH (n44)-[r45:MEMBER_OF]->(n45), (n45)<-[r46:MEMBER_OF]-(n46:Person)
        WHERE (r45.level <= $q.openAll OR r45.audience IN $q.audiencesAll)
          AND (n45.level <= $q.openAll OR n45.audience IN $q.audiencesAll)
          AND (r46.level <= $q.openAll OR r46.audience IN $q.audiencesAll)
          AND (n46.level <= $q.openAll OR n46.audience IN $q.audiencesAll)
          AND n46 <> n44
          AND NOT EXISTS {
            MATCH (n44)-[r47:TRUSTS]->(n47)
            WHERE (r47.level <= $q.openAll OR r47.audience IN $q.audiencesAll)
              AND (n47.level <= $q.openAll OR n47.audience IN $q.audiencesAll)
              AND n47 = n46
          }
          AND NOT EXISTS {
            MATCH (n44)<-[r48:TRUSTS]-(n48)
            WHERE (r48.level <= $q.openAll OR r48.audience IN $q.audiencesAll)
              AND (n48.level <= $q.openAll OR n48.audience IN $q.audiencesAll)
              AND n48 = n46
          }
        WITH DISTINCT n46
        ORDER BY n46.id
        LIMIT 100
        RETURN [n46.id, n46.level >= 4]
      },
      COLLECT {
        MATCH (n44)-[r49:TRUSTS]->(n49)
        WHERE (r49.level <= $q.openAll OR r49.audience IN $q.audiencesAll)
          AND (n49.level <= $q.openAll OR n49.audience IN $q.audiencesAll)
          AND n49 <> n44
          AND EXISTS {
            MATCH (n44)<-[r50:TRUSTS]-(n50)
            WHERE (r50.level <= $q.openAll OR r50.audience IN $q.audiencesAll)
              AND (n50.level <= $q.openAll OR n50.audience IN $q.audiencesAll)
              AND n50 = n49
          }
          AND NOT EXISTS {
            MATCH (n44)-[r51:MEMBER_OF]->(n51), (n51)<-[r52:MEMBER_OF]-(n52:Person)
            WHERE (r51.level <= $q.openAll OR r51.audience IN $q.audiencesAll)
              AND (n51.level <= $q.openAll OR n51.audience IN $q.audiencesAll)
              AND (r52.level <= $q.openAll OR r52.audience IN $q.audiencesAll)
              AND (n52.level <= $q.openAll OR n52.audience IN $q.audiencesAll)
              AND n52 = n49
          }
        WITH DISTINCT n49
        ORDER BY n49.id
        LIMIT 100
        RETURN [n49.id, n49.level >= 4]
      },
      n44.level >= 4
    ]
  },
  COLLECT {
    MATCH (n53:Fact {id: $q.p7})
    WHERE (n53.level <= $q.openAll OR n53.audience IN $q.audiencesAll)
      AND n53:Organization
    RETURN [
      COLLECT {
        MATCH (n53)-[r54:SITS_ON]->(n54), (n54)<-[r55:SITS_ON]-(n55)
        WHERE (r54.level <= $q.openAll OR r54.audience IN $q.audiencesAll)
          AND (n54.level <= $q.openAll OR n54.audience IN $q.audiencesAll)
          AND (r55.level <= $q.openAll OR r55.audience IN $q.audiencesAll)
          AND (n55.level <= $q.openAll OR n55.audience IN $q.audiencesAll)
          AND n55 <> n53
          AND NOT EXISTS {
            MATCH (n53)-[r56:LEADS]->(n56), (n56)<-[r57:LEADS]-(n57)
            WHERE (r56.level <= $q.openAll OR r56.audience IN $q.audiencesAll)
              AND (n56.level <= $q.openAll OR n56.audience IN $q.audiencesAll)
              AND (r57.level <= $q.openAll OR r57.audience IN $q.audiencesAll)
              AND (n57.level <= $q.openAll OR n57.audience IN $q.audiencesAll)
              AND n57 = n55
          }
          AND NOT EXISTS {
            MATCH (n53)-[r58:LEADS]->(n58), (n58)<-[r59:FOLLOWS]-(n59)
            WHERE (r58.level <= $q.openAll OR r58.audience IN $q.audiencesAll)
              AND (n58.level <= $q.openAll OR n58.audience IN $q.audiencesAll)
              AND (r59.level <= $q.openAll OR r59.audience IN $q.audiencesAll)
              AND (n59.level <= $q.openAll OR n59.audience IN $q.audiencesAll)
              AND n59 = n55
          }
          AND NOT EXISTS {
            MATCH (n53)-[r60:FOLLOWS]->(n60), (n60)<-[r61:LEADS]-(n61)
            WHERE (r60.level <= $q.openAll OR r60.audience IN $q.audiencesAll)
              AND (n60.level <= $q.openAll OR n60.audience IN $q.audiencesAll)
              AND (r61.level <= $q.openAll OR r61.audience IN $q.audiencesAll)
              AND (n61.level <= $q.openAll OR n61.audience IN $q.audiencesAll)
              AND n61 = n55
          }
          AND NOT EXISTS {
            MATCH (n53)-[r62:FOLLOWS]->(n62), (n62)<-[r63:FOLLOWS]-(n63)
            WHERE (r62.level <= $q.openAll OR r62.audience IN $q.audiencesAll)
              AND (n62.level <= $q.openAll OR n62.audience IN $q.audiencesAll)
              AND (r63.level <= $q.openAll OR r63.audience IN $q.audiencesAll)
              AND (n63.level <= $q.openAll OR n63.audience IN $q.audiencesAll)
              AND n63 = n55
          }
        WITH DISTINCT n55
        ORDER BY n55.id
        LIMIT 100
        RETURN [n55.id, n55.name, n55.kind, n55.level >= 4]
      },
      n53.level >= 4
    ]
  },
  COLLECT {
    MATCH (n64:Fact {id: $q.p9})
    WHERE (n64.level <= $q.openAll OR n64.audience IN $q.audiencesAll)
      AND (n64.sinceDay IS NULL OR n64.sinceDay <= $q.p8)
      AND (n64.untilDay IS NULL OR n64.untilDay > $q.p8)
      AND n64:Organization
    RETURN [
      COLLECT {
        MATCH (n64)-[r65:SITS_ON]->(n65), (n65)<-[r66:SITS_ON]-(n66)
        WHERE (r65.level <= $q.openAll OR r65.audience IN $q.audiencesAll)
          AND (n65.level <= $q.openAll OR n65.audience IN $q.audiencesAll)
          AND (r65.sinceDay IS NULL OR r65.sinceDay <= $q.p8)
          AND (r65.untilDay IS NULL OR r65.untilDay > $q.p8)
          AND (n65.sinceDay IS NULL OR n65.sinceDay <= $q.p8)
          AND (n65.untilDay IS NULL OR n65.untilDay > $q.p8)
          AND (r66.level <= $q.openAll OR r66.audience IN $q.audiencesAll)
          AND (n66.level <= $q.openAll OR n66.audience IN $q.audiencesAll)
          AND (r66.sinceDay IS NULL OR r66.sinceDay <= $q.p8)
          AND (r66.untilDay IS NULL OR r66.untilDay > $q.p8)
          AND (n66.sinceDay IS NULL OR n66.sinceDay <= $q.p8)
          AND (n66.untilDay IS NULL OR n66.untilDay > $q.p8)
          AND n66 <> n64
          AND NOT EXISTS {
            MATCH (n64)-[r67:LEADS]->(n67), (n67)<-[r68:LEADS]-(n68)
            WHERE (r67.level <= $q.openAll OR r67.audience IN $q.audiencesAll)
              AND (n67.level <= $q.openAll OR n67.audience IN $q.audiencesAll)
              AND (r67.sinceDay IS NULL OR r67.sinceDay <= $q.p8)
              AND (r67.untilDay IS NULL OR r67.untilDay > $q.p8)
              AND (n67.sinceDay IS NULL OR n67.sinceDay <= $q.p8)
              AND (n67.untilDay IS NULL OR n67.untilDay > $q.p8)
              AND (r68.level <= $q.openAll OR r68.audience IN $q.audiencesAll)
              AND (n68.level <= $q.openAll OR n68.audience IN $q.audiencesAll)
              AND (r68.sinceDay IS NULL OR r68.sinceDay <= $q.p8)
              AND (r68.untilDay IS NULL OR r68.untilDay > $q.p8)
              AND (n68.sinceDay IS NULL OR n68.sinceDay <= $q.p8)
              AND (n68.untilDay IS NULL OR n68.untilDay > $q.p8)
              AND n68 = n66
          }
          AND NOT EXISTS {
            MATCH (n64)-[r69:LEADS]->(n69), (n69)<-[r70:FOLLOWS]-(n70)
            WHERE (r69.level <= $q.openAll OR r69.audience IN $q.audiencesAll)
              AND (n69.level <= $q.openAll OR n69.audience IN $q.audiencesAll)
              AND (r69.sinceDay IS NULL OR r69.sinceDay <= $q.p8)
              AND (r69.untilDay IS NULL OR r69.untilDay > $q.p8)
              AND (n69.sinceDay IS NULL OR n69.sinceDay <= $q.p8)
              AND (n69.untilDay IS NULL OR n69.untilDay > $q.p8)
              AND (r70.level <= $q.openAll OR r70.audience IN $q.audiencesAll)
              AND (n70.level <= $q.openAll OR n70.audience IN $q.audiencesAll)
              AND (r70.sinceDay IS NULL OR r70.sinceDay <= $q.p8)
              AND (r70.untilDay IS NULL OR r70.untilDay > $q.p8)
              AND (n70.sinceDay IS NULL OR n70.sinceDay <= $q.p8)
              AND (n70.untilDay IS NULL OR n70.untilDay > $q.p8)
              AND n70 = n66
          }
          AND NOT EXISTS {
            MATCH (n64)-[r71:FOLLOWS]->(n71), (n71)<-[r72:LEADS]-(n72)
            WHERE (r71.level <= $q.openAll OR r71.audience IN $q.audiencesAll)
              AND (n71.level <= $q.openAll OR n71.audience IN $q.audiencesAll)
              AND (r71.sinceDay IS NULL OR r71.sinceDay <= $q.p8)
              AND (r71.untilDay IS NULL OR r71.untilDay > $q.p8)
              AND (n71.sinceDay IS NULL OR n71.sinceDay <= $q.p8)
              AND (n71.untilDay IS NULL OR n71.untilDay > $q.p8)
              AND (r72.level <= $q.openAll OR r72.audience IN $q.audiencesAll)
              AND (n72.level <= $q.openAll OR n72.audience IN $q.audiencesAll)
              AND (r72.sinceDay IS NULL OR r72.sinceDay <= $q.p8)
              AND (r72.untilDay IS NULL OR r72.untilDay > $q.p8)
              AND (n72.sinceDay IS NULL OR n72.sinceDay <= $q.p8)
              AND (n72.untilDay IS NULL OR n72.untilDay > $q.p8)
              AND n72 = n66
          }
          AND NOT EXISTS {
            MATCH (n64)-[r73:FOLLOWS]->(n73), (n73)<-[r74:FOLLOWS]-(n74)
            WHERE (r73.level <= $q.openAll OR r73.audience IN $q.audiencesAll)
              AND (n73.level <= $q.openAll OR n73.audience IN $q.audiencesAll)
              AND (r73.sinceDay IS NULL OR r73.sinceDay <= $q.p8)
              AND (r73.untilDay IS NULL OR r73.untilDay > $q.p8)
              AND (n73.sinceDay IS NULL OR n73.sinceDay <= $q.p8)
              AND (n73.untilDay IS NULL OR n73.untilDay > $q.p8)
              AND (r74.level <= $q.openAll OR r74.audience IN $q.audiencesAll)
              AND (n74.level <= $q.openAll OR n74.audience IN $q.audiencesAll)
              AND (r74.sinceDay IS NULL OR r74.sinceDay <= $q.p8)
              AND (r74.untilDay IS NULL OR r74.untilDay > $q.p8)
              AND (n74.sinceDay IS NULL OR n74.sinceDay <= $q.p8)
              AND (n74.untilDay IS NULL OR n74.untilDay > $q.p8)
              AND n74 = n66
          }
        WITH DISTINCT n66
        ORDER BY n66.id
        LIMIT 100
        RETURN [n66.id, n66.level >= 4]
      },
      n64.level >= 4
    ]
  },
  COLLECT {
    MATCH (n75:Fact {id: $q.p10})
    WHERE (n75.level <= $q.openAll OR n75.audience IN $q.audiencesAll)
      AND n75:Adoption
    RETURN [
      [
        COLLECT {
          MATCH (n75)-[r76:DREW_ON]->(n76)
          WHERE (r76.level <= $q.openAll OR r76.audience IN $q.audiencesAll)
            AND (n76.level <= $q.openAll OR n76.audience IN $q.audiencesAll)
            AND n76.since IS NOT NULL
          WITH DISTINCT n76
          ORDER BY n76.id
          LIMIT 100
          RETURN n76.since
        },
        [d IN [n75.since] WHERE d IS NOT NULL],
        COLLECT {
          MATCH (n75)-[r77:LED_TO]->(n77)
          WHERE (r77.level <= $q.openAll OR r77.audience IN $q.audiencesAll)
            AND (n77.level <= $q.openAll OR n77.audience IN $q.audiencesAll)
            AND n77.statedLagYears IS NOT NULL
          WITH DISTINCT n77
          ORDER BY n77.id
          LIMIT 100
          RETURN n77.statedLagYears
        }
      ],
      n75.level >= 4
    ]
  },
  COLLECT {
    MATCH (n78:Fact {id: $q.p11})
    WHERE (n78.level <= $q.openAll OR n78.audience IN $q.audiencesAll)
      AND n78:Adoption
    RETURN [
      [
        COLLECT {
          MATCH (n78)-[r79:DREW_ON]->(n79)
          WHERE (r79.level <= $q.openAll OR r79.audience IN $q.audiencesAll)
            AND (n79.level <= $q.openAll OR n79.audience IN $q.audiencesAll)
            AND n79.since IS NOT NULL
          WITH DISTINCT n79
          ORDER BY n79.id
          LIMIT 100
          RETURN n79.since
        },
        [d IN [n78.since] WHERE d IS NOT NULL],
        COLLECT {
          MATCH (n78)-[r80:LED_TO]->(n80)
          WHERE (r80.level <= $q.openAll OR r80.audience IN $q.audiencesAll)
            AND (n80.level <= $q.openAll OR n80.audience IN $q.audiencesAll)
            AND n80.statedLagYears IS NOT NULL
          WITH DISTINCT n80
          ORDER BY n80.id
          LIMIT 100
          RETURN n80.statedLagYears
        }
      ],
      n78.level >= 4
    ]
  },
  COLLECT {
    MATCH (n81:Fact {id: $q.p12})
    WHERE (n81.level <= $q.openAll OR n81.audience IN $q.audiencesAll)
      AND n81:Lesson
    RETURN [
      [
        [d IN [n81.since] WHERE d IS NOT NULL],
        COLLECT {
          MATCH (n81)<-[r82:DREW_ON]-(n82)
          WHERE (r82.level <= $q.openAll OR r82.audience IN $q.audiencesAll)
            AND (n82.level <= $q.openAll OR n82.audience IN $q.audiencesAll)
            AND n82.since IS NOT NULL
          WITH DISTINCT n82
          ORDER BY n82.id
          LIMIT 100
          RETURN n82.since
        },
        COLLECT {
          MATCH (n81)<-[r83:DREW_ON]-(n83), (n83)-[r84:LED_TO]->(n84)
          WHERE (r83.level <= $q.openAll OR r83.audience IN $q.audiencesAll)
            AND (n83.level <= $q.openAll OR n83.audience IN $q.audiencesAll)
            AND (r84.level <= $q.openAll OR r84.audience IN $q.audiencesAll)
            AND (n84.level <= $q.openAll OR n84.audience IN $q.audiencesAll)
            AND n84.statedLagYears IS NOT NULL
          WITH DISTINCT n84
          ORDER BY n84.id
          LIMIT 100
          RETURN n84.statedLagYears
        }
      ],
      n81.level >= 4
    ]
  },
  COLLECT {
    MATCH (n85:Fact {id: $q.p13})
    WHERE (n85.level <= $q.openAll OR n85.audience IN $q.audiencesAll)
      AND n85:Lesson
    RETURN [
      [
        [d IN [n85.since] WHERE d IS NOT NULL],
        COLLECT {
          MATCH (n85)<-[r86:DREW_ON]-(n86)
          WHERE (r86.level <= $q.openAll OR r86.audience IN $q.audiencesAll)
            AND (n86.level <= $q.openAll OR n86.audience IN $q.audiencesAll)
            AND n86.since IS NOT NULL
          WITH DISTINCT n86
          ORDER BY n86.id
          LIMIT 100
          RETURN n86.since
        },
        COLLECT {
          MATCH (n85)<-[r87:DREW_ON]-(n87), (n87)-[r88:LED_TO]->(n88)
          WHERE (r87.level <= $q.openAll OR r87.audience IN $q.audiencesAll)
            AND (n87.level <= $q.openAll OR n87.audience IN $q.audiencesAll)
            AND (r88.level <= $q.openAll OR r88.audience IN $q.audiencesAll)
            AND (n88.level <= $q.openAll OR n88.audience IN $q.audiencesAll)
            AND n88.statedLagYears IS NOT NULL
          WITH DISTINCT n88
          ORDER BY n88.id
          LIMIT 100
          RETURN n88.statedLagYears
        }
      ],
      n85.level >= 4
    ]
  }
] AS data
