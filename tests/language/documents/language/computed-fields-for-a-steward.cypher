RETURN [
  COLLECT {
    MATCH (n0:Fact {id: $q.p0})
    WHERE (n0.marking <= $q.open OR n0.audience IN $q.audiences)
      AND n0:Wave
    WITH
      n0,
      [
        [n0.answered, n0.invited],
        head(COLLECT {
          MATCH (n0)-[r1:OF_ROSTER]->(n1), (n1)<-[r2:OF_ROSTER]-(n2)
          WHERE (r1.marking <= $q.open OR r1.audience IN $q.audiences)
            AND (n1.marking <= $q.open OR n1.audience IN $q.audiences)
            AND (r2.marking <= $q.open OR r2.audience IN $q.audiences)
            AND (n2.marking <= $q.open OR n2.audience IN $q.audiences)
            AND n2.sinceDay < n0.sinceDay
          WITH n0, n1, n2
          ORDER BY n2.sinceDay DESC, n2.id, n1.id
          LIMIT 1
          OPTIONAL MATCH (n1)<-[r3:LISTED_ON]-(n3), (n3)-[r4:TRUSTS]->(n4)
          WHERE (r3.marking <= $q.open OR r3.audience IN $q.audiences)
            AND (n3.marking <= $q.open OR n3.audience IN $q.audiences)
            AND (r4.marking <= $q.open OR r4.audience IN $q.audiences)
            AND (n4.marking <= $q.open OR n4.audience IN $q.audiences)
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
              WHERE (r5.marking <= $q.open OR r5.audience IN $q.audiences)
                AND (n5.marking <= $q.open OR n5.audience IN $q.audiences)
                AND n5 = c4
                AND r5.consent IN ['NAMED', 'PSEUDONYM']
            } AND EXISTS {
              WITH n4 AS v6
              MATCH (v6)-[r6:LISTED_ON]->(n6)
              WHERE (r6.marking <= $q.open OR r6.audience IN $q.audiences)
                AND (n6.marking <= $q.open OR n6.audience IN $q.audiences)
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
        })
      ] AS s0
    RETURN s0
  },
  COLLECT {
    MATCH (n7:Fact {id: $q.p1})
    WHERE (n7.marking <= $q.open OR n7.audience IN $q.audiences)
      AND n7:Wave
    WITH
      n7,
      [
        [n7.answered, n7.invited],
        head(COLLECT {
          MATCH (n7)-[r8:OF_ROSTER]->(n8), (n8)<-[r9:OF_ROSTER]-(n9)
          WHERE (r8.marking <= $q.open OR r8.audience IN $q.audiences)
            AND (n8.marking <= $q.open OR n8.audience IN $q.audiences)
            AND (r9.marking <= $q.open OR r9.audience IN $q.audiences)
            AND (n9.marking <= $q.open OR n9.audience IN $q.audiences)
            AND n9.sinceDay < n7.sinceDay
          WITH n7, n8, n9
          ORDER BY n9.sinceDay DESC, n9.id, n8.id
          LIMIT 1
          OPTIONAL MATCH (n8)<-[r10:LISTED_ON]-(n10), (n10)-[r11:TRUSTS]->(n11)
          WHERE (r10.marking <= $q.open OR r10.audience IN $q.audiences)
            AND (n10.marking <= $q.open OR n10.audience IN $q.audiences)
            AND (r11.marking <= $q.open OR r11.audience IN $q.audiences)
            AND (n11.marking <= $q.open OR n11.audience IN $q.audiences)
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
              WHERE (r12.marking <= $q.open OR r12.audience IN $q.audiences)
                AND (n12.marking <= $q.open OR n12.audience IN $q.audiences)
                AND n12 = c11
                AND r12.consent IN ['NAMED', 'PSEUDONYM']
            } AND EXISTS {
              WITH n11 AS v13
              MATCH (v13)-[r13:LISTED_ON]->(n13)
              WHERE (r13.marking <= $q.open OR r13.audience IN $q.audiences)
                AND (n13.marking <= $q.open OR n13.audience IN $q.audiences)
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
        })
      ] AS s7
    RETURN s7
  },
  COLLECT {
    MATCH (n14:Fact {id: $q.p2})
    WHERE (n14.marking <= $q.open OR n14.audience IN $q.audiences)
      AND n14:Wave
    RETURN [[n14.answered, n14.invited]]
  },
  COLLECT {
    MATCH (n15:Fact {id: $q.p3})
    WHERE (n15.marking <= $q.open OR n15.audience IN $q.audiences)
      AND n15:Person
    RETURN [
      COLLECT {
        MATCH (n15)-[r16:TRUSTS]->(n16)
        WHERE (r16.marking <= $q.open OR r16.audience IN $q.audiences)
          AND (n16.marking <= $q.open OR n16.audience IN $q.audiences)
        WITH n16, r16
        ORDER BY r16.id, r16.id
        LIMIT $q.p4
        RETURN [
          r16.id,
          head(COLLECT {
            MATCH (n17:Fact {id: r16.wave})
            WHERE n17:Wave
              AND (n17.marking <= $q.open OR n17.audience IN $q.audiences)
            MATCH (n17)-[r18:OF_ROSTER]->(n18), (n18)<-[r19:OF_ROSTER]-(n19)
            WHERE (r18.marking <= $q.open OR r18.audience IN $q.audiences)
              AND (n18.marking <= $q.open OR n18.audience IN $q.audiences)
              AND (r19.marking <= $q.open OR r19.audience IN $q.audiences)
              AND (n19.marking <= $q.open OR n19.audience IN $q.audiences)
              AND n19.sinceDay < n17.sinceDay
            WITH n17, n18, n19
            ORDER BY n19.sinceDay DESC, n19.id, n18.id
            LIMIT 1
            RETURN CASE
              WHEN EXISTS {
                WITH startNode(r16) AS v20
                MATCH (v20)-[r20:TRUSTS]->(n20)
                WHERE (r20.marking <= $q.open OR r20.audience IN $q.audiences)
                  AND (n20.marking <= $q.open OR n20.audience IN $q.audiences)
                  AND n20 = endNode(r16)
                  AND r20.wave = n19.id
              } THEN 'PRESENT'
              WHEN EXISTS {
                WITH startNode(r16) AS v21
                MATCH (v21)-[r21:ANSWERED]->(n21)
                WHERE (r21.marking <= $q.open OR r21.audience IN $q.audiences)
                  AND (n21.marking <= $q.open OR n21.audience IN $q.audiences)
                  AND n21 = n19
                  AND r21.consent IN ['NAMED', 'PSEUDONYM']
              } AND EXISTS {
                WITH endNode(r16) AS v22
                MATCH (v22)-[r22:LISTED_ON]->(n22)
                WHERE (r22.marking <= $q.open OR r22.audience IN $q.audiences)
                  AND (n22.marking <= $q.open OR n22.audience IN $q.audiences)
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
              AND (n23.marking <= $q.open OR n23.audience IN $q.audiences)
            MATCH (n23)-[r24:OF_ROSTER]->(n24), (n24)<-[r25:OF_ROSTER]-(n25)
            WHERE (r24.marking <= $q.open OR r24.audience IN $q.audiences)
              AND (n24.marking <= $q.open OR n24.audience IN $q.audiences)
              AND (r25.marking <= $q.open OR r25.audience IN $q.audiences)
              AND (n25.marking <= $q.open OR n25.audience IN $q.audiences)
              AND n25.sinceDay > n23.sinceDay
            WITH n23, n24, n25
            ORDER BY n25.sinceDay, n25.id, n24.id
            LIMIT 1
            RETURN CASE
              WHEN EXISTS {
                WITH startNode(r16) AS v26
                MATCH (v26)-[r26:TRUSTS]->(n26)
                WHERE (r26.marking <= $q.open OR r26.audience IN $q.audiences)
                  AND (n26.marking <= $q.open OR n26.audience IN $q.audiences)
                  AND n26 = endNode(r16)
                  AND r26.wave = n25.id
              } THEN 'PRESENT'
              WHEN EXISTS {
                WITH startNode(r16) AS v27
                MATCH (v27)-[r27:ANSWERED]->(n27)
                WHERE (r27.marking <= $q.open OR r27.audience IN $q.audiences)
                  AND (n27.marking <= $q.open OR n27.audience IN $q.audiences)
                  AND n27 = n25
                  AND r27.consent IN ['NAMED', 'PSEUDONYM']
              } AND EXISTS {
                WITH endNode(r16) AS v28
                MATCH (v28)-[r28:LISTED_ON]->(n28)
                WHERE (r28.marking <= $q.open OR r28.audience IN $q.audiences)
                  AND (n28.marking <= $q.open OR n28.audience IN $q.audiences)
                  AND n28 = n24
                  AND (r28.sinceDay IS NULL OR r28.sinceDay <= n25.sinceDay)
                  AND (r28.untilDay IS NULL OR r28.untilDay > n25.sinceDay)
              } THEN 'ABSENT'
              ELSE 'UNKNOWN'
            END
          }),
          n16.name
        ]
      },
      COLLECT {
        MATCH (n15)<-[r29:TRUSTS]-(n29)
        WHERE (r29.marking <= $q.open OR r29.audience IN $q.audiences)
          AND (n29.marking <= $q.open OR n29.audience IN $q.audiences)
        WITH n29, r29
        ORDER BY n29.id, r29.id
        LIMIT $q.p5
        RETURN [
          r29.id,
          head(COLLECT {
            MATCH (n30:Fact {id: r29.wave})
            WHERE n30:Wave
              AND (n30.marking <= $q.open OR n30.audience IN $q.audiences)
            MATCH (n30)-[r31:OF_ROSTER]->(n31), (n31)<-[r32:OF_ROSTER]-(n32)
            WHERE (r31.marking <= $q.open OR r31.audience IN $q.audiences)
              AND (n31.marking <= $q.open OR n31.audience IN $q.audiences)
              AND (r32.marking <= $q.open OR r32.audience IN $q.audiences)
              AND (n32.marking <= $q.open OR n32.audience IN $q.audiences)
              AND n32.sinceDay > n30.sinceDay
            WITH n30, n31, n32
            ORDER BY n32.sinceDay, n32.id, n31.id
            LIMIT 1
            RETURN CASE
              WHEN EXISTS {
                WITH startNode(r29) AS v33
                MATCH (v33)-[r33:TRUSTS]->(n33)
                WHERE (r33.marking <= $q.open OR r33.audience IN $q.audiences)
                  AND (n33.marking <= $q.open OR n33.audience IN $q.audiences)
                  AND n33 = endNode(r29)
                  AND r33.wave = n32.id
              } THEN 'PRESENT'
              WHEN EXISTS {
                WITH startNode(r29) AS v34
                MATCH (v34)-[r34:ANSWERED]->(n34)
                WHERE (r34.marking <= $q.open OR r34.audience IN $q.audiences)
                  AND (n34.marking <= $q.open OR n34.audience IN $q.audiences)
                  AND n34 = n32
                  AND r34.consent IN ['NAMED', 'PSEUDONYM']
              } AND EXISTS {
                WITH endNode(r29) AS v35
                MATCH (v35)-[r35:LISTED_ON]->(n35)
                WHERE (r35.marking <= $q.open OR r35.audience IN $q.audiences)
                  AND (n35.marking <= $q.open OR n35.audience IN $q.audiences)
                  AND n35 = n31
                  AND (r35.sinceDay IS NULL OR r35.sinceDay <= n32.sinceDay)
                  AND (r35.untilDay IS NULL OR r35.untilDay > n32.sinceDay)
              } THEN 'ABSENT'
              ELSE 'UNKNOWN'
            END
          })
        ]
      },
      COLLECT {
        MATCH (n15)-[r36:TRUSTS]->(n36)
        WHERE (r36.marking <= $q.open OR r36.audience IN $q.audiences)
          AND (n36.marking <= $q.open OR n36.audience IN $q.audiences)
          AND n36 <> n15
          AND EXISTS {
            MATCH (n15)<-[r37:TRUSTS]-(n37)
            WHERE (r37.marking <= $q.open OR r37.audience IN $q.audiences)
              AND (n37.marking <= $q.open OR n37.audience IN $q.audiences)
              AND n37 = n36
          }
          AND NOT EXISTS {
            MATCH (n15)-[r38:MEMBER_OF]->(n38), (n38)<-[r39:MEMBER_OF]-(n39:Person)
            WHERE (r38.marking <= $q.open OR r38.audience IN $q.audiences)
              AND (n38.marking <= $q.open OR n38.audience IN $q.audiences)
              AND (r39.marking <= $q.open OR r39.audience IN $q.audiences)
              AND (n39.marking <= $q.open OR n39.audience IN $q.audiences)
              AND n39 = n36
          }
        WITH DISTINCT n36
        ORDER BY n36.id
        LIMIT 100
        RETURN [n36.id, n36.name]
      },
      COLLECT {
        MATCH (n15)-[r40:MEMBER_OF]->(n40), (n40)<-[r41:MEMBER_OF]-(n41:Person)
        WHERE (r40.marking <= $q.open OR r40.audience IN $q.audiences)
          AND (n40.marking <= $q.open OR n40.audience IN $q.audiences)
          AND (r41.marking <= $q.open OR r41.audience IN $q.audiences)
          AND (n41.marking <= $q.open OR n41.audience IN $q.audiences)
          AND n41 <> n15
          AND NOT EXISTS {
            MATCH (n15)-[r42:TRUSTS]->(n42)
            WHERE (r42.marking <= $q.open OR r42.audience IN $q.audiences)
              AND (n42.marking <= $q.open OR n42.audience IN $q.audiences)
              AND n42 = n41
          }
          AND NOT EXISTS {
            MATCH (n15)<-[r43:TRUSTS]-(n43)
            WHERE (r43.marking <= $q.open OR r43.audience IN $q.audiences)
              AND (n43.marking <= $q.open OR n43.audience IN $q.audiences)
              AND n43 = n41
          }
        WITH DISTINCT n41
        ORDER BY n41.id
        LIMIT 100
        RETURN [n41.id]
      }
    ]
  },
  COLLECT {
    MATCH (n44:Fact {id: $q.p6})
    WHERE (n44.marking <= $q.open OR n44.audience IN $q.audiences)
      AND n44:Person
    RETURN [
      COLLECT {
        MATCH (n44)-[r45:MEMBER_OF]->(n45), (n45)<-[r46:MEMBER_OF]-(n46:Person)
        WHERE (r45.marking <= $q.open OR r45.audience IN $q.audiences)
          AND (n45.marking <= $q.open OR n45.audience IN $q.audiences)
          AND (r46.marking <= $q.open OR r46.audience IN $q.audiences)
          AND (n46.marking <= $q.open OR n46.audience IN $q.audiences)
          AND n46 <> n44
          AND NOT EXISTS {
            MATCH (n44)-[r47:TRUSTS]->(n47)
            WHERE (r47.marking <= $q.open OR r47.audience IN $q.audiences)
              AND (n47.marking <= $q.open OR n47.audience IN $q.audiences)
              AND n47 = n46
          }
          AND NOT EXISTS {
            MATCH (n44)<-[r48:TRUSTS]-(n48)
            WHERE (r48.marking <= $q.open OR r48.audience IN $q.audiences)
              AND (n48.marking <= $q.open OR n48.audience IN $q.audiences)
              AND n48 = n46
          }
        WITH DISTINCT n46
        ORDER BY n46.id
        LIMIT 100
        RETURN [n46.id]
      },
      COLLECT {
        MATCH (n44)-[r49:TRUSTS]->(n49)
        WHERE (r49.marking <= $q.open OR r49.audience IN $q.audiences)
          AND (n49.marking <= $q.open OR n49.audience IN $q.audiences)
          AND n49 <> n44
          AND EXISTS {
            MATCH (n44)<-[r50:TRUSTS]-(n50)
            WHERE (r50.marking <= $q.open OR r50.audience IN $q.audiences)
              AND (n50.marking <= $q.open OR n50.audience IN $q.audiences)
              AND n50 = n49
          }
          AND NOT EXISTS {
            MATCH (n44)-[r51:MEMBER_OF]->(n51), (n51)<-[r52:MEMBER_OF]-(n52:Person)
            WHERE (r51.marking <= $q.open OR r51.audience IN $q.audiences)
              AND (n51.marking <= $q.open OR n51.audience IN $q.audiences)
              AND (r52.marking <= $q.open OR r52.audience IN $q.audiences)
              AND (n52.marking <= $q.open OR n52.audience IN $q.audiences)
              AND n52 = n49
          }
        WITH DISTINCT n49
        ORDER BY n49.id
        LIMIT 100
        RETURN [n49.id]
      }
    ]
  },
  COLLECT {
    MATCH (n53:Fact {id: $q.p7})
    WHERE (n53.marking <= $q.open OR n53.audience IN $q.audiences)
      AND n53:Organization
    RETURN [COLLECT {
      MATCH (n53)-[r54:SITS_ON]->(n54), (n54)<-[r55:SITS_ON]-(n55)
      WHERE (r54.marking <= $q.open OR r54.audience IN $q.audiences)
        AND (n54.marking <= $q.open OR n54.audience IN $q.audiences)
        AND (r55.marking <= $q.open OR r55.audience IN $q.audiences)
        AND (n55.marking <= $q.open OR n55.audience IN $q.audiences)
        AND n55 <> n53
        AND NOT EXISTS {
          MATCH (n53)-[r56:LEADS]->(n56), (n56)<-[r57:LEADS]-(n57)
          WHERE (r56.marking <= $q.open OR r56.audience IN $q.audiences)
            AND (n56.marking <= $q.open OR n56.audience IN $q.audiences)
            AND (r57.marking <= $q.open OR r57.audience IN $q.audiences)
            AND (n57.marking <= $q.open OR n57.audience IN $q.audiences)
            AND n57 = n55
        }
        AND NOT EXISTS {
          MATCH (n53)-[r58:LEADS]->(n58), (n58)<-[r59:FOLLOWS]-(n59)
          WHERE (r58.marking <= $q.open OR r58.audience IN $q.audiences)
            AND (n58.marking <= $q.open OR n58.audience IN $q.audiences)
            AND (r59.marking <= $q.open OR r59.audience IN $q.audiences)
            AND (n59.marking <= $q.open OR n59.audience IN $q.audiences)
            AND n59 = n55
        }
        AND NOT EXISTS {
          MATCH (n53)-[r60:FOLLOWS]->(n60), (n60)<-[r61:LEADS]-(n61)
          WHERE (r60.marking <= $q.open OR r60.audience IN $q.audiences)
            AND (n60.marking <= $q.open OR n60.audience IN $q.audiences)
            AND (r61.marking <= $q.open OR r61.audience IN $q.audiences)
            AND (n61.marking <= $q.open OR n61.audience IN $q.audiences)
            AND n61 = n55
        }
        AND NOT EXISTS {
          MATCH (n53)-[r62:FOLLOWS]->(n62), (n62)<-[r63:FOLLOWS]-(n63)
          WHERE (r62.marking <= $q.open OR r62.audience IN $q.audiences)
            AND (n62.marking <= $q.open OR n62.audience IN $q.audiences)
            AND (r63.marking <= $q.open OR r63.audience IN $q.audiences)
            AND (n63.marking <= $q.open OR n63.audience IN $q.audiences)
            AND n63 = n55
        }
      WITH DISTINCT n55
      ORDER BY n55.id
      LIMIT 100
      RETURN [n55.id, n55.name, n55.kind]
    }]
  },
  COLLECT {
    MATCH (n64:Fact {id: $q.p9})
    WHERE (n64.marking <= $q.open OR n64.audience IN $q.audiences)
      AND (n64.sinceDay IS NULL OR n64.sinceDay <= $q.p8)
      AND (n64.untilDay IS NULL OR n64.untilDay > $q.p8)
      AND n64:Organization
    RETURN [COLLECT {
      MATCH (n64)-[r65:SITS_ON]->(n65), (n65)<-[r66:SITS_ON]-(n66)
      WHERE (r65.marking <= $q.open OR r65.audience IN $q.audiences)
        AND (n65.marking <= $q.open OR n65.audience IN $q.audiences)
        AND (r65.sinceDay IS NULL OR r65.sinceDay <= $q.p8)
        AND (r65.untilDay IS NULL OR r65.untilDay > $q.p8)
        AND (n65.sinceDay IS NULL OR n65.sinceDay <= $q.p8)
        AND (n65.untilDay IS NULL OR n65.untilDay > $q.p8)
        AND (r66.marking <= $q.open OR r66.audience IN $q.audiences)
        AND (n66.marking <= $q.open OR n66.audience IN $q.audiences)
        AND (r66.sinceDay IS NULL OR r66.sinceDay <= $q.p8)
        AND (r66.untilDay IS NULL OR r66.untilDay > $q.p8)
        AND (n66.sinceDay IS NULL OR n66.sinceDay <= $q.p8)
        AND (n66.untilDay IS NULL OR n66.untilDay > $q.p8)
        AND n66 <> n64
        AND NOT EXISTS {
          MATCH (n64)-[r67:LEADS]->(n67), (n67)<-[r68:LEADS]-(n68)
          WHERE (r67.marking <= $q.open OR r67.audience IN $q.audiences)
            AND (n67.marking <= $q.open OR n67.audience IN $q.audiences)
            AND (r67.sinceDay IS NULL OR r67.sinceDay <= $q.p8)
            AND (r67.untilDay IS NULL OR r67.untilDay > $q.p8)
            AND (n67.sinceDay IS NULL OR n67.sinceDay <= $q.p8)
            AND (n67.untilDay IS NULL OR n67.untilDay > $q.p8)
            AND (r68.marking <= $q.open OR r68.audience IN $q.audiences)
            AND (n68.marking <= $q.open OR n68.audience IN $q.audiences)
            AND (r68.sinceDay IS NULL OR r68.sinceDay <= $q.p8)
            AND (r68.untilDay IS NULL OR r68.untilDay > $q.p8)
            AND (n68.sinceDay IS NULL OR n68.sinceDay <= $q.p8)
            AND (n68.untilDay IS NULL OR n68.untilDay > $q.p8)
            AND n68 = n66
        }
        AND NOT EXISTS {
          MATCH (n64)-[r69:LEADS]->(n69), (n69)<-[r70:FOLLOWS]-(n70)
          WHERE (r69.marking <= $q.open OR r69.audience IN $q.audiences)
            AND (n69.marking <= $q.open OR n69.audience IN $q.audiences)
            AND (r69.sinceDay IS NULL OR r69.sinceDay <= $q.p8)
            AND (r69.untilDay IS NULL OR r69.untilDay > $q.p8)
            AND (n69.sinceDay IS NULL OR n69.sinceDay <= $q.p8)
            AND (n69.untilDay IS NULL OR n69.untilDay > $q.p8)
            AND (r70.marking <= $q.open OR r70.audience IN $q.audiences)
            AND (n70.marking <= $q.open OR n70.audience IN $q.audiences)
            AND (r70.sinceDay IS NULL OR r70.sinceDay <= $q.p8)
            AND (r70.untilDay IS NULL OR r70.untilDay > $q.p8)
            AND (n70.sinceDay IS NULL OR n70.sinceDay <= $q.p8)
            AND (n70.untilDay IS NULL OR n70.untilDay > $q.p8)
            AND n70 = n66
        }
        AND NOT EXISTS {
          MATCH (n64)-[r71:FOLLOWS]->(n71), (n71)<-[r72:LEADS]-(n72)
          WHERE (r71.marking <= $q.open OR r71.audience IN $q.audiences)
            AND (n71.marking <= $q.open OR n71.audience IN $q.audiences)
            AND (r71.sinceDay IS NULL OR r71.sinceDay <= $q.p8)
            AND (r71.untilDay IS NULL OR r71.untilDay > $q.p8)
            AND (n71.sinceDay IS NULL OR n71.sinceDay <= $q.p8)
            AND (n71.untilDay IS NULL OR n71.untilDay > $q.p8)
            AND (r72.marking <= $q.open OR r72.audience IN $q.audiences)
            AND (n72.marking <= $q.open OR n72.audience IN $q.audiences)
            AND (r72.sinceDay IS NULL OR r72.sinceDay <= $q.p8)
            AND (r72.untilDay IS NULL OR r72.untilDay > $q.p8)
            AND (n72.sinceDay IS NULL OR n72.sinceDay <= $q.p8)
            AND (n72.untilDay IS NULL OR n72.untilDay > $q.p8)
            AND n72 = n66
        }
        AND NOT EXISTS {
          MATCH (n64)-[r73:FOLLOWS]->(n73), (n73)<-[r74:FOLLOWS]-(n74)
          WHERE (r73.marking <= $q.open OR r73.audience IN $q.audiences)
            AND (n73.marking <= $q.open OR n73.audience IN $q.audiences)
            AND (r73.sinceDay IS NULL OR r73.sinceDay <= $q.p8)
            AND (r73.untilDay IS NULL OR r73.untilDay > $q.p8)
            AND (n73.sinceDay IS NULL OR n73.sinceDay <= $q.p8)
            AND (n73.untilDay IS NULL OR n73.untilDay > $q.p8)
            AND (r74.marking <= $q.open OR r74.audience IN $q.audiences)
            AND (n74.marking <= $q.open OR n74.audience IN $q.audiences)
            AND (r74.sinceDay IS NULL OR r74.sinceDay <= $q.p8)
            AND (r74.untilDay IS NULL OR r74.untilDay > $q.p8)
            AND (n74.sinceDay IS NULL OR n74.sinceDay <= $q.p8)
            AND (n74.untilDay IS NULL OR n74.untilDay > $q.p8)
            AND n74 = n66
        }
      WITH DISTINCT n66
      ORDER BY n66.id
      LIMIT 100
      RETURN [n66.id]
    }]
  },
  COLLECT {
    MATCH (n75:Fact {id: $q.p10})
    WHERE (n75.marking <= $q.open OR n75.audience IN $q.audiences)
      AND n75:Adoption
    RETURN [[
      COLLECT {
        MATCH (n75)-[r76:DREW_ON]->(n76)
        WHERE (r76.marking <= $q.open OR r76.audience IN $q.audiences)
          AND (n76.marking <= $q.open OR n76.audience IN $q.audiences)
          AND n76.since IS NOT NULL
        WITH DISTINCT n76
        ORDER BY n76.id
        LIMIT 100
        RETURN n76.since
      },
      [d IN [n75.since] WHERE d IS NOT NULL],
      COLLECT {
        MATCH (n75)-[r77:LED_TO]->(n77)
        WHERE (r77.marking <= $q.open OR r77.audience IN $q.audiences)
          AND (n77.marking <= $q.open OR n77.audience IN $q.audiences)
          AND n77.statedLagYears IS NOT NULL
        WITH DISTINCT n77
        ORDER BY n77.id
        LIMIT 100
        RETURN n77.statedLagYears
      }
    ]]
  },
  COLLECT {
    MATCH (n78:Fact {id: $q.p11})
    WHERE (n78.marking <= $q.open OR n78.audience IN $q.audiences)
      AND n78:Adoption
    RETURN [[
      COLLECT {
        MATCH (n78)-[r79:DREW_ON]->(n79)
        WHERE (r79.marking <= $q.open OR r79.audience IN $q.audiences)
          AND (n79.marking <= $q.open OR n79.audience IN $q.audiences)
          AND n79.since IS NOT NULL
        WITH DISTINCT n79
        ORDER BY n79.id
        LIMIT 100
        RETURN n79.since
      },
      [d IN [n78.since] WHERE d IS NOT NULL],
      COLLECT {
        MATCH (n78)-[r80:LED_TO]->(n80)
        WHERE (r80.marking <= $q.open OR r80.audience IN $q.audiences)
          AND (n80.marking <= $q.open OR n80.audience IN $q.audiences)
          AND n80.statedLagYears IS NOT NULL
        WITH DISTINCT n80
        ORDER BY n80.id
        LIMIT 100
        RETURN n80.statedLagYears
      }
    ]]
  },
  COLLECT {
    MATCH (n81:Fact {id: $q.p12})
    WHERE (n81.marking <= $q.open OR n81.audience IN $q.audiences)
      AND n81:Lesson
    RETURN [[
      [d IN [n81.since] WHERE d IS NOT NULL],
      COLLECT {
        MATCH (n81)<-[r82:DREW_ON]-(n82)
        WHERE (r82.marking <= $q.open OR r82.audience IN $q.audiences)
          AND (n82.marking <= $q.open OR n82.audience IN $q.audiences)
          AND n82.since IS NOT NULL
        WITH DISTINCT n82
        ORDER BY n82.id
        LIMIT 100
        RETURN n82.since
      },
      COLLECT {
        MATCH (n81)<-[r83:DREW_ON]-(n83), (n83)-[r84:LED_TO]->(n84)
        WHERE (r83.marking <= $q.open OR r83.audience IN $q.audiences)
          AND (n83.marking <= $q.open OR n83.audience IN $q.audiences)
          AND (r84.marking <= $q.open OR r84.audience IN $q.audiences)
          AND (n84.marking <= $q.open OR n84.audience IN $q.audiences)
          AND n84.statedLagYears IS NOT NULL
        WITH DISTINCT n84
        ORDER BY n84.id
        LIMIT 100
        RETURN n84.statedLagYears
      }
    ]]
  },
  COLLECT {
    MATCH (n85:Fact {id: $q.p13})
    WHERE (n85.marking <= $q.open OR n85.audience IN $q.audiences)
      AND n85:Lesson
    RETURN [[
      [d IN [n85.since] WHERE d IS NOT NULL],
      COLLECT {
        MATCH (n85)<-[r86:DREW_ON]-(n86)
        WHERE (r86.marking <= $q.open OR r86.audience IN $q.audiences)
          AND (n86.marking <= $q.open OR n86.audience IN $q.audiences)
          AND n86.since IS NOT NULL
        WITH DISTINCT n86
        ORDER BY n86.id
        LIMIT 100
        RETURN n86.since
      },
      COLLECT {
        MATCH (n85)<-[r87:DREW_ON]-(n87), (n87)-[r88:LED_TO]->(n88)
        WHERE (r87.marking <= $q.open OR r87.audience IN $q.audiences)
          AND (n87.marking <= $q.open OR n87.audience IN $q.audiences)
          AND (r88.marking <= $q.open OR r88.audience IN $q.audiences)
          AND (n88.marking <= $q.open OR n88.audience IN $q.audiences)
          AND n88.statedLagYears IS NOT NULL
        WITH DISTINCT n88
        ORDER BY n88.id
        LIMIT 100
        RETURN n88.statedLagYears
      }
    ]]
  }
] AS data
