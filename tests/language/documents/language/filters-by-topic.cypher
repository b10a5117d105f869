RETURN [
  COUNT {
    MATCH (n0:Visit)
    WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
      AND (
        EXISTS {
          MATCH (n0)-[r1:ABOUT]->(n1:Topic)
          WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
            AND EXISTS {
              MATCH (n1) (
                ()-[r2:UNDER]->(n2)
                WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
              ){0,10} (n3)
              WHERE n3:Topic
                AND (n3.id = $q.p0)
            }
        }
        OR EXISTS {
          MATCH (n0)-[r4:ABOUT]->(n4:Practice)
          WHERE (r4.level <= $q.openAll OR r4.audience IN $q.audiencesAll)
            AND (n4.level <= $q.openAll OR n4.audience IN $q.audiencesAll)
            AND EXISTS {
              MATCH (n4) (
                ()-[r5:UNDER]->(n5)
                WHERE (r5.level <= $q.openAll OR r5.audience IN $q.audiencesAll)
              ){0,10} (n6)
              WHERE n6:Topic
                AND (n6.id = $q.p1)
            }
        }
      )
  },
  COUNT {
    MATCH (n7:Visit)
    WHERE (n7.level <= $q.openAll OR n7.audience IN $q.audiencesAll)
      AND NOT (
        EXISTS {
          MATCH (n7)-[r8:ABOUT]->(n8:Topic)
          WHERE (r8.level <= $q.openAll OR r8.audience IN $q.audiencesAll)
            AND EXISTS {
              MATCH (n8) (
                ()-[r9:UNDER]->(n9)
                WHERE (r9.level <= $q.openAll OR r9.audience IN $q.audiencesAll)
              ){0,10} (n10)
              WHERE n10:Topic
                AND (n10.id = $q.p3)
            }
        }
        OR EXISTS {
          MATCH (n7)-[r11:ABOUT]->(n11:Practice)
          WHERE (r11.level <= $q.openAll OR r11.audience IN $q.audiencesAll)
            AND (n11.level <= $q.openAll OR n11.audience IN $q.audiencesAll)
            AND EXISTS {
              MATCH (n11) (
                ()-[r12:UNDER]->(n12)
                WHERE (r12.level <= $q.openAll OR r12.audience IN $q.audiencesAll)
              ){0,10} (n13)
              WHERE n13:Topic
                AND (n13.id = $q.p4)
            }
        }
      )
  },
  COUNT {
    MATCH (n14:Visit)
    WHERE (n14.level <= $q.openAll OR n14.audience IN $q.audiencesAll)
      AND (
        EXISTS {
          MATCH (n14)-[r15:ABOUT]->(n15:Topic)
          WHERE (r15.level <= $q.openAll OR r15.audience IN $q.audiencesAll)
            AND EXISTS {
              MATCH (n15) (
                ()-[r16:UNDER]->(n16)
                WHERE (r16.level <= $q.openAll OR r16.audience IN $q.audiencesAll)
              ){0,10} (n17)
              WHERE n17:Topic
                AND ((n17.id = $q.p6) OR (n17.name = $q.p7))
            }
        }
        OR EXISTS {
          MATCH (n14)-[r18:ABOUT]->(n18:Practice)
          WHERE (r18.level <= $q.openAll OR r18.audience IN $q.audiencesAll)
            AND (n18.level <= $q.openAll OR n18.audience IN $q.audiencesAll)
            AND EXISTS {
              MATCH (n18) (
                ()-[r19:UNDER]->(n19)
                WHERE (r19.level <= $q.openAll OR r19.audience IN $q.audiencesAll)
              ){0,10} (n20)
              WHERE n20:Topic
                AND ((n20.id = $q.p8) OR (n20.name = $q.p9))
            }
        }
      )
  },
  COUNT {
    MATCH (n21:Visit)
    WHERE (n21.level <= $q.openAll OR n21.audience IN $q.audiencesAll)
      AND (
        EXISTS {
          MATCH (n21)-[r22:ABOUT]->(n22:Topic)
          WHERE (r22.level <= $q.openAll OR r22.audience IN $q.audiencesAll)
            AND EXISTS {
              MATCH (n22) (
                ()-[r23:UNDER]->(n23)
                WHERE (r23.level <= $q.openAll OR r23.audience IN $q.audiencesAll)
              ){0,10} (n24)
              WHERE n24:Topic
            }
        }
        OR EXISTS {
          MATCH (n21)-[r25:ABOUT]->(n25:Practice)
          WHERE (r25.level <= $q.openAll OR r25.audience IN $q.audiencesAll)
            AND (n25.level <= $q.openAll OR n25.audience IN $q.audiencesAll)
            AND EXISTS {
              MATCH (n25) (
                ()-[r26:UNDER]->(n26)
                WHERE (r26.level <= $q.openAll OR r26.audience IN $q.audiencesAll)
              ){0,10} (n27)
              WHERE n27:Topic
            }
        }
      )
      AND (COUNT {
        MATCH (n21)-[r28:ABOUT]->(n28:Topic)
        WHERE (r28.level <= $q.openAll OR r28.audience IN $q.audiencesAll)
      } = $q.p11)
  },
  COLLECT {
    MATCH (n21:Visit)
    WHERE (n21.level <= $q.openAll OR n21.audience IN $q.audiencesAll)
      AND (
        EXISTS {
          MATCH (n21)-[r22:ABOUT]->(n22:Topic)
          WHERE (r22.level <= $q.openAll OR r22.audience IN $q.audiencesAll)
            AND EXISTS {
              MATCH (n22) (
                ()-[r23:UNDER]->(n23)
                WHERE (r23.level <= $q.openAll OR r23.audience IN $q.audiencesAll)
              ){0,10} (n24)
              WHERE n24:Topic
            }
        }
        OR EXISTS {
          MATCH (n21)-[r25:ABOUT]->(n25:Practice)
          WHERE (r25.level <= $q.openAll OR r25.audience IN $q.audiencesAll)
            AND (n25.level <= $q.openAll OR n25.audience IN $q.audiencesAll)
            AND EXISTS {
              MATCH (n25) (
                ()-[r26:UNDER]->(n26)
                WHERE (r26.level <= $q.openAll OR r26.audience IN $q.audiencesAll)
              ){0,10} (n27)
              WHERE n27:Topic
            }
        }
      )
      AND (COUNT {
        MATCH (n21)-[r28:ABOUT]->(n28:Topic)
        WHERE (r28.level <= $q.openAll OR r28.audience IN $q.audiencesAll)
      } = $q.p11)
      AND n21.id IS NOT NULL
    WITH n21
    ORDER BY n21.id
    LIMIT $q.p12
    RETURN [
      n21.id,
      COLLECT {
        MATCH (n21)-[r29:ABOUT]->(n29:Practice)
        WHERE (r29.level <= $q.openAll OR r29.audience IN $q.audiencesAll)
          AND (n29.level <= $q.openAll OR n29.audience IN $q.audiencesAll)
        WITH n29, r29
        ORDER BY n29.id, r29.id
        LIMIT $q.p13
        RETURN [n29.id, r29.level >= 4 OR n29.level >= 4]
      },
      n21.level >= 4
    ]
  },
  COUNT {
    MATCH (n30:Lesson)
    WHERE (n30.level <= $q.openAll OR n30.audience IN $q.audiencesAll)
      AND (n30.sinceDay IS NULL OR n30.sinceDay <= $q.p14)
      AND (
        EXISTS {
          MATCH (n30)-[r31:ABOUT]->(n31:Topic)
          WHERE (r31.level <= $q.openAll OR r31.audience IN $q.audiencesAll)
            AND (r31.sinceDay IS NULL OR r31.sinceDay <= $q.p14)
            AND (n31.sinceDay IS NULL OR n31.sinceDay <= $q.p14)
            AND (n31.untilDay IS NULL OR n31.untilDay > $q.p14)
            AND EXISTS {
              MATCH (n31) (
                ()-[r32:UNDER]->(n32)
                WHERE (r32.level <= $q.openAll OR r32.audience IN $q.audiencesAll)
                  AND (r32.sinceDay IS NULL OR r32.sinceDay <= $q.p14)
                  AND (r32.untilDay IS NULL OR r32.untilDay > $q.p14)
                  AND (n32.sinceDay IS NULL OR n32.sinceDay <= $q.p14)
                  AND (n32.untilDay IS NULL OR n32.untilDay > $q.p14)
              ){0,10} (n33)
              WHERE (n33.sinceDay IS NULL OR n33.sinceDay <= $q.p14)
                AND (n33.untilDay IS NULL OR n33.untilDay > $q.p14)
                AND n33:Topic
                AND (n33.id = $q.p15)
            }
        }
        OR EXISTS {
          MATCH (n30)-[r34:ABOUT]->(n34:Practice)
          WHERE (r34.level <= $q.openAll OR r34.audience IN $q.audiencesAll)
            AND (n34.level <= $q.openAll OR n34.audience IN $q.audiencesAll)
            AND (r34.sinceDay IS NULL OR r34.sinceDay <= $q.p14)
            AND (n34.sinceDay IS NULL OR n34.sinceDay <= $q.p14)
            AND (n34.untilDay IS NULL OR n34.untilDay > $q.p14)
            AND EXISTS {
              MATCH (n34) (
                ()-[r35:UNDER]->(n35)
                WHERE (r35.level <= $q.openAll OR r35.audience IN $q.audiencesAll)
                  AND (r35.sinceDay IS NULL OR r35.sinceDay <= $q.p14)
                  AND (r35.untilDay IS NULL OR r35.untilDay > $q.p14)
                  AND (n35.sinceDay IS NULL OR n35.sinceDay <= $q.p14)
                  AND (n35.untilDay IS NULL OR n35.untilDay > $q.p14)
              ){0,10} (n36)
              WHERE (n36.sinceDay IS NULL OR n36.sinceDay <= $q.p14)
                AND (n36.untilDay IS NULL OR n36.untilDay > $q.p14)
                AND n36:Topic
                AND (n36.id = $q.p16)
            }
        }
      )
  },
  COUNT {
    MATCH (n37:Adoption)
    WHERE (n37.level <= $q.openAll OR n37.audience IN $q.audiencesAll)
      AND (EXISTS {
        MATCH (n37)-[r38:USES]->(n38)
        WHERE (r38.level <= $q.openAll OR r38.audience IN $q.audiencesAll)
          AND (n38.level <= $q.openAll OR n38.audience IN $q.audiencesAll)
          AND EXISTS {
            MATCH (n38) (
              ()-[r39:UNDER]->(n39)
              WHERE (r39.level <= $q.openAll OR r39.audience IN $q.audiencesAll)
            ){0,10} (n40)
            WHERE n40:Topic
              AND (n40.id = $q.p18)
          }
      })
      AND (n37.status = $q.p19)
  },
  COLLECT {
    MATCH (n41:Practice)
    WHERE (n41.level <= $q.openAll OR n41.audience IN $q.audiencesAll)
      AND (EXISTS {
        MATCH (n41) (
          ()-[r42:UNDER]->(n42)
          WHERE (r42.level <= $q.openAll OR r42.audience IN $q.audiencesAll)
        ){0,10} (n43)
        WHERE n43:Topic
          AND (n43.id = $q.p21)
      })
      AND n41.name IS NOT NULL
      AND n41.id IS NOT NULL
    WITH n41
    ORDER BY n41.name, n41.id
    LIMIT $q.p22
    RETURN [n41.name, n41.level >= 4]
  },
  COLLECT {
    MATCH (n44:Topic)
    WHERE
      (EXISTS {
        MATCH (n44) (
          ()-[r45:UNDER]->(n45)
          WHERE (r45.level <= $q.openAll OR r45.audience IN $q.audiencesAll)
        ){0,10} (n46)
        WHERE n46:Topic
          AND (n46.id = $q.p23)
      })
      AND n44.name IS NOT NULL
      AND n44.id IS NOT NULL
    WITH n44
    ORDER BY n44.name, n44.id
    LIMIT $q.p24
    RETURN [n44.name]
  },
  COLLECT {
    MATCH (n47:Fact {id: $q.p25})
    WHERE n47:City
    RETURN [
      COUNT {
        MATCH (n47)<-[r48:MADE_BY]-(n48)
        WHERE (r48.level <= $q.openAll OR r48.audience IN $q.audiencesAll)
          AND (n48.level <= $q.openAll OR n48.audience IN $q.audiencesAll)
          AND (
            EXISTS {
              MATCH (n48)-[r49:ABOUT]->(n49:Topic)
              WHERE (r49.level <= $q.openAll OR r49.audience IN $q.audiencesAll)
                AND EXISTS {
                  MATCH (n49) (
                    ()-[r50:UNDER]->(n50)
                    WHERE (r50.level <= $q.openAll OR r50.audience IN $q.audiencesAll)
                  ){0,10} (n51)
                  WHERE n51:Topic
                    AND (n51.name = $q.p26)
                }
            }
            OR EXISTS {
              MATCH (n48)-[r52:ABOUT]->(n52:Practice)
              WHERE (r52.level <= $q.openAll OR r52.audience IN $q.audiencesAll)
                AND (n52.level <= $q.openAll OR n52.audience IN $q.audiencesAll)
                AND EXISTS {
                  MATCH (n52) (
                    ()-[r53:UNDER]->(n53)
                    WHERE (r53.level <= $q.openAll OR r53.audience IN $q.audiencesAll)
                  ){0,10} (n54)
                  WHERE n54:Topic
                    AND (n54.name = $q.p27)
                }
            }
          )
          AND EXISTS {
            UNWIND r48.sources AS i55
            MATCH (n55:Fact {id: i55})
            WHERE (n55.level <= $q.openAll OR n55.audience IN $q.audiencesAll)
              AND n55:Source
          }
      },
      EXISTS {
        MATCH (n47)<-[r48:MADE_BY]-(n48)
        WHERE (r48.level <= $q.openAll OR r48.audience IN $q.audiencesAll)
          AND (n48.level <= $q.openAll OR n48.audience IN $q.audiencesAll)
          AND (
            EXISTS {
              MATCH (n48)-[r49:ABOUT]->(n49:Topic)
              WHERE (r49.level <= $q.openAll OR r49.audience IN $q.audiencesAll)
                AND EXISTS {
                  MATCH (n49) (
                    ()-[r50:UNDER]->(n50)
                    WHERE (r50.level <= $q.openAll OR r50.audience IN $q.audiencesAll)
                  ){0,10} (n51)
                  WHERE n51:Topic
                    AND (n51.name = $q.p26)
                }
            }
            OR EXISTS {
              MATCH (n48)-[r52:ABOUT]->(n52:Practice)
              WHERE (r52.level <= $q.openAll OR r52.audience IN $q.audiencesAll)
                AND (n52.level <= $q.openAll OR n52.audience IN $q.audiencesAll)
                AND EXISTS {
                  MATCH (n52) (
                    ()-[r53:UNDER]->(n53)
                    WHERE (r53.level <= $q.openAll OR r53.audience IN $q.audiencesAll)
                  ){0,10} (n54)
                  WHERE n54:Topic
                    AND (n54.name = $q.p27)
                }
            }
          )
          AND EXISTS {
            UNWIND r48.sources AS i55
            MATCH (n55:Fact {id: i55})
            WHERE (n55.level <= $q.openAll OR n55.audience IN $q.audiencesAll)
              AND n55:Source
          }
          AND (r48.level >= 4 OR n48.level >= 4)
        RETURN n48
      }
    ]
  },
  EXISTS {
    MATCH (n0:Visit)
    WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
      AND (
        EXISTS {
          MATCH (n0)-[r1:ABOUT]->(n1:Topic)
          WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
            AND EXISTS {
              MATCH (n1) (
                ()-[r2:UNDER]->(n2)
                WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
              ){0,10} (n3)
              WHERE n3:Topic
                AND (n3.id = $q.p0)
            }
        }
        OR EXISTS {
          MATCH (n0)-[r4:ABOUT]->(n4:Practice)
          WHERE (r4.level <= $q.openAll OR r4.audience IN $q.audiencesAll)
            AND (n4.level <= $q.openAll OR n4.audience IN $q.audiencesAll)
            AND EXISTS {
              MATCH (n4) (
                ()-[r5:UNDER]->(n5)
                WHERE (r5.level <= $q.openAll OR r5.audience IN $q.audiencesAll)
              ){0,10} (n6)
              WHERE n6:Topic
                AND (n6.id = $q.p1)
            }
        }
      )
      AND (n0.level >= 4)
    RETURN n0
  },
  EXISTS {
    MATCH (n7:Visit)
    WHERE (n7.level <= $q.openAll OR n7.audience IN $q.audiencesAll)
      AND NOT (
        EXISTS {
          MATCH (n7)-[r8:ABOUT]->(n8:Topic)
          WHERE (r8.level <= $q.openAll OR r8.audience IN $q.audiencesAll)
            AND EXISTS {
              MATCH (n8) (
                ()-[r9:UNDER]->(n9)
                WHERE (r9.level <= $q.openAll OR r9.audience IN $q.audiencesAll)
              ){0,10} (n10)
              WHERE n10:Topic
                AND (n10.id = $q.p3)
            }
        }
        OR EXISTS {
          MATCH (n7)-[r11:ABOUT]->(n11:Practice)
          WHERE (r11.level <= $q.openAll OR r11.audience IN $q.audiencesAll)
            AND (n11.level <= $q.openAll OR n11.audience IN $q.audiencesAll)
            AND EXISTS {
              MATCH (n11) (
                ()-[r12:UNDER]->(n12)
                WHERE (r12.level <= $q.openAll OR r12.audience IN $q.audiencesAll)
              ){0,10} (n13)
              WHERE n13:Topic
                AND (n13.id = $q.p4)
            }
        }
      )
      AND (n7.level >= 4)
    RETURN n7
  },
  EXISTS {
    MATCH (n14:Visit)
    WHERE (n14.level <= $q.openAll OR n14.audience IN $q.audiencesAll)
      AND (
        EXISTS {
          MATCH (n14)-[r15:ABOUT]->(n15:Topic)
          WHERE (r15.level <= $q.openAll OR r15.audience IN $q.audiencesAll)
            AND EXISTS {
              MATCH (n15) (
                ()-[r16:UNDER]->(n16)
                WHERE (r16.level <= $q.openAll OR r16.audience IN $q.audiencesAll)
              ){0,10} (n17)
              WHERE n17:Topic
                AND ((n17.id = $q.p6) OR (n17.name = $q.p7))
            }
        }
        OR EXISTS {
          MATCH (n14)-[r18:ABOUT]->(n18:Practice)
          WHERE (r18.level <= $q.openAll OR r18.audience IN $q.audiencesAll)
            AND (n18.level <= $q.openAll OR n18.audience IN $q.audiencesAll)
            AND EXISTS {
              MATCH (n18) (
                ()-[r19:UNDER]->(n19)
                WHERE (r19.level <= $q.openAll OR r19.audience IN $q.audiencesAll)
              ){0,10} (n20)
              WHERE n20:Topic
                AND ((n20.id = $q.p8) OR (n20.name = $q.p9))
            }
        }
      )
      AND (n14.level >= 4)
    RETURN n14
  },
  EXISTS {
    MATCH (n21:Visit)
    WHERE (n21.level <= $q.openAll OR n21.audience IN $q.audiencesAll)
      AND (
        EXISTS {
          MATCH (n21)-[r22:ABOUT]->(n22:Topic)
          WHERE (r22.level <= $q.openAll OR r22.audience IN $q.audiencesAll)
            AND EXISTS {
              MATCH (n22) (
                ()-[r23:UNDER]->(n23)
                WHERE (r23.level <= $q.openAll OR r23.audience IN $q.audiencesAll)
              ){0,10} (n24)
              WHERE n24:Topic
            }
        }
        OR EXISTS {
          MATCH (n21)-[r25:ABOUT]->(n25:Practice)
          WHERE (r25.level <= $q.openAll OR r25.audience IN $q.audiencesAll)
            AND (n25.level <= $q.openAll OR n25.audience IN $q.audiencesAll)
            AND EXISTS {
              MATCH (n25) (
                ()-[r26:UNDER]->(n26)
                WHERE (r26.level <= $q.openAll OR r26.audience IN $q.audiencesAll)
              ){0,10} (n27)
              WHERE n27:Topic
            }
        }
      )
      AND (COUNT {
        MATCH (n21)-[r28:ABOUT]->(n28:Topic)
        WHERE (r28.level <= $q.openAll OR r28.audience IN $q.audiencesAll)
      } = $q.p11)
      AND (n21.level >= 4)
    RETURN n21
  },
  EXISTS {
    MATCH (n30:Lesson)
    WHERE (n30.level <= $q.openAll OR n30.audience IN $q.audiencesAll)
      AND (n30.sinceDay IS NULL OR n30.sinceDay <= $q.p14)
      AND (
        EXISTS {
          MATCH (n30)-[r31:ABOUT]->(n31:Topic)
          WHERE (r31.level <= $q.openAll OR r31.audience IN $q.audiencesAll)
            AND (r31.sinceDay IS NULL OR r31.sinceDay <= $q.p14)
            AND (n31.sinceDay IS NULL OR n31.sinceDay <= $q.p14)
            AND (n31.untilDay IS NULL OR n31.untilDay > $q.p14)
            AND EXISTS {
              MATCH (n31) (
                ()-[r32:UNDER]->(n32)
                WHERE (r32.level <= $q.openAll OR r32.audience IN $q.audiencesAll)
                  AND (r32.sinceDay IS NULL OR r32.sinceDay <= $q.p14)
                  AND (r32.untilDay IS NULL OR r32.untilDay > $q.p14)
                  AND (n32.sinceDay IS NULL OR n32.sinceDay <= $q.p14)
                  AND (n32.untilDay IS NULL OR n32.untilDay > $q.p14)
              ){0,10} (n33)
              WHERE (n33.sinceDay IS NULL OR n33.sinceDay <= $q.p14)
                AND (n33.untilDay IS NULL OR n33.untilDay > $q.p14)
                AND n33:Topic
                AND (n33.id = $q.p15)
            }
        }
        OR EXISTS {
          MATCH (n30)-[r34:ABOUT]->(n34:Practice)
          WHERE (r34.level <= $q.openAll OR r34.audience IN $q.audiencesAll)
            AND (n34.level <= $q.openAll OR n34.audience IN $q.audiencesAll)
            AND (r34.sinceDay IS NULL OR r34.sinceDay <= $q.p14)
            AND (n34.sinceDay IS NULL OR n34.sinceDay <= $q.p14)
            AND (n34.untilDay IS NULL OR n34.untilDay > $q.p14)
            AND EXISTS {
              MATCH (n34) (
                ()-[r35:UNDER]->(n35)
                WHERE (r35.level <= $q.openAll OR r35.audience IN $q.audiencesAll)
                  AND (r35.sinceDay IS NULL OR r35.sinceDay <= $q.p14)
                  AND (r35.untilDay IS NULL OR r35.untilDay > $q.p14)
                  AND (n35.sinceDay IS NULL OR n35.sinceDay <= $q.p14)
                  AND (n35.untilDay IS NULL OR n35.untilDay > $q.p14)
              ){0,10} (n36)
              WHERE (n36.sinceDay IS NULL OR n36.sinceDay <= $q.p14)
                AND (n36.untilDay IS NULL OR n36.untilDay > $q.p14)
                AND n36:Topic
                AND (n36.id = $q.p16)
            }
        }
      )
      AND (n30.level >= 4)
    RETURN n30
  },
  EXISTS {
    MATCH (n37:Adoption)
    WHERE (n37.level <= $q.openAll OR n37.audience IN $q.audiencesAll)
      AND (EXISTS {
        MATCH (n37)-[r38:USES]->(n38)
        WHERE (r38.level <= $q.openAll OR r38.audience IN $q.audiencesAll)
          AND (n38.level <= $q.openAll OR n38.audience IN $q.audiencesAll)
          AND EXISTS {
            MATCH (n38) (
              ()-[r39:UNDER]->(n39)
              WHERE (r39.level <= $q.openAll OR r39.audience IN $q.audiencesAll)
            ){0,10} (n40)
            WHERE n40:Topic
              AND (n40.id = $q.p18)
          }
      })
      AND (n37.status = $q.p19)
      AND (n37.level >= 4)
    RETURN n37
  }
] AS data
