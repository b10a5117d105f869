RETURN [
  COUNT {
    MATCH (n0:Lesson)
    WHERE n0.level <= $q.open
      AND (any(x IN n0.rows WHERE x STARTS WITH $q.p0))
      AND EXISTS {
        MATCH (n0)-[r1:FROM]->(n1)
        WHERE r1.level <= $q.open
      }
      AND EXISTS {
        MATCH (n0)<-[r2:LEARNED]-(n2)
        WHERE r2.level <= $q.open
          AND EXISTS {
            MATCH (n2)<-[r3:FROM]-(n3)
            WHERE r3.level <= $q.open
              AND n3.level <= $q.open
              AND (any(x IN n3.rows WHERE x STARTS WITH $q.p1))
              AND EXISTS {
                MATCH (n3)-[r4:ABOUT]->(n4:Practice)
                WHERE r4.level <= $q.open
                  AND n4.level <= $q.open
                  AND EXISTS {
                    MATCH (n4)<-[r5:ABOUT]-(n0)
                    WHERE r5.level <= $q.open
                      AND n0.level <= $q.open
                  }
              }
          }
      }
  },
  COLLECT {
    MATCH (n0:Lesson)
    WHERE n0.level <= $q.open
      AND (any(x IN n0.rows WHERE x STARTS WITH $q.p0))
      AND EXISTS {
        MATCH (n0)-[r1:FROM]->(n1)
        WHERE r1.level <= $q.open
      }
      AND EXISTS {
        MATCH (n0)<-[r2:LEARNED]-(n2)
        WHERE r2.level <= $q.open
          AND EXISTS {
            MATCH (n2)<-[r3:FROM]-(n3)
            WHERE r3.level <= $q.open
              AND n3.level <= $q.open
              AND (any(x IN n3.rows WHERE x STARTS WITH $q.p1))
              AND EXISTS {
                MATCH (n3)-[r4:ABOUT]->(n4:Practice)
                WHERE r4.level <= $q.open
                  AND n4.level <= $q.open
                  AND EXISTS {
                    MATCH (n4)<-[r5:ABOUT]-(n0)
                    WHERE r5.level <= $q.open
                      AND n0.level <= $q.open
                  }
              }
          }
      }
      AND n0.id IS NOT NULL
    WITH n0
    ORDER BY n0.id
    LIMIT $q.p2
    RETURN [
      COLLECT {
        MATCH (n0)-[r6:ABOUT]->(n6:Practice)
        WHERE r6.level <= $q.open
          AND n6.level <= $q.open
        WITH n6, r6
        ORDER BY n6.id, r6.id
        LIMIT $q.p3
        RETURN [n6.name]
      },
      COLLECT {
        MATCH (n0)-[r7:FROM]->(n7)
        WHERE r7.level <= $q.open
        WITH n7, r7
        ORDER BY n7.id, r7.id
        LIMIT $q.p4
        RETURN [n7.name]
      },
      COLLECT {
        MATCH (n0)<-[r8:DREW_ON]-(n8)
        WHERE r8.level <= $q.open
          AND n8.level <= $q.open
        WITH n8, r8
        ORDER BY n8.id, r8.id
        LIMIT $q.p5
        RETURN [n8.since]
      },
      head(COLLECT {
        MATCH (n0)<-[r9:LEARNED]-(n9)
        WHERE r9.level <= $q.open
        WITH n9
        ORDER BY n9.id
        LIMIT 1
        RETURN [
          n9.name,
          COUNT {
            MATCH (n9)<-[r10:FROM]-(n10)
            WHERE r10.level <= $q.open
              AND n10.level <= $q.open
              AND (any(x IN n10.rows WHERE x STARTS WITH $q.p6))
              AND EXISTS {
                MATCH (n10)-[r11:ABOUT]->(n11:Practice)
                WHERE r11.level <= $q.open
                  AND n11.level <= $q.open
                  AND EXISTS {
                    MATCH (n11)<-[r12:ABOUT]-(n0)
                    WHERE r12.level <= $q.open
                      AND n0.level <= $q.open
                  }
              }
          },
          COLLECT {
            MATCH (n9)<-[r10:FROM]-(n10)
            WHERE r10.level <= $q.open
              AND n10.level <= $q.open
              AND (any(x IN n10.rows WHERE x STARTS WITH $q.p6))
              AND EXISTS {
                MATCH (n10)-[r11:ABOUT]->(n11:Practice)
                WHERE r11.level <= $q.open
                  AND n11.level <= $q.open
                  AND EXISTS {
                    MATCH (n11)<-[r12:ABOUT]-(n0)
                    WHERE r12.level <= $q.open
                      AND n0.level <= $q.open
                  }
              }
            WITH
              n10,
              r10,
              head(COLLECT {
                MATCH (n10)<-[r13:LEARNED]-(n13)
                WHERE r13.level <= $q.open
                WITH n13
                ORDER BY n13.id
                LIMIT 1
                RETURN n13.name
              }) AS k10_0
            WITH n10, r10, k10_0
            ORDER BY k10_0, n10.id, r10.id
            LIMIT $q.p7
            RETURN [
              head(COLLECT {
                MATCH (n10)<-[r14:LEARNED]-(n14)
                WHERE r14.level <= $q.open
                WITH n14
                ORDER BY n14.id
                LIMIT 1
                RETURN [n14.name]
              }),
              COLLECT {
                MATCH (n10)<-[r15:DREW_ON]-(n15)
                WHERE r15.level <= $q.open
                  AND n15.level <= $q.open
                WITH n15, r15
                ORDER BY n15.id, r15.id
                LIMIT $q.p8
                RETURN [n15.since]
              }
            ]
          }
        ]
      })
    ]
  },
  COUNT {
    MATCH (n16:Lesson)
    WHERE n16.level <= $q.open
      AND (any(x IN n16.rows WHERE x STARTS WITH $q.p9))
      AND (
        EXISTS {
          MATCH (n16)-[r17:ABOUT]->(n17:Topic)
          WHERE r17.level <= $q.open
            AND EXISTS {
              MATCH (n17) (
                ()-[r18:UNDER]->(n18)
                WHERE r18.level <= $q.open
              ){0,10} (n19)
              WHERE n19:Topic
                AND (n19.id = $q.p10)
            }
        }
        OR EXISTS {
          MATCH (n16)-[r20:ABOUT]->(n20:Practice)
          WHERE r20.level <= $q.open
            AND n20.level <= $q.open
            AND EXISTS {
              MATCH (n20) (
                ()-[r21:UNDER]->(n21)
                WHERE r21.level <= $q.open
              ){0,10} (n22)
              WHERE n22:Topic
                AND (n22.id = $q.p11)
            }
        }
      )
      AND EXISTS {
        MATCH (n16)-[r23:FROM]->(n23)
        WHERE r23.level <= $q.open
      }
      AND EXISTS {
        MATCH (n16)<-[r24:LEARNED]-(n24)
        WHERE r24.level <= $q.open
          AND EXISTS {
            MATCH (n24)<-[r25:FROM]-(n25)
            WHERE r25.level <= $q.open
              AND n25.level <= $q.open
              AND (any(x IN n25.rows WHERE x STARTS WITH $q.p12))
              AND (
                EXISTS {
                  MATCH (n25)-[r26:ABOUT]->(n26:Topic)
                  WHERE r26.level <= $q.open
                    AND EXISTS {
                      MATCH (n26) (
                        ()-[r27:UNDER]->(n27)
                        WHERE r27.level <= $q.open
                      ){0,10} (n28)
                      WHERE n28:Topic
                        AND (n28.id = $q.p13)
                    }
                }
                OR EXISTS {
                  MATCH (n25)-[r29:ABOUT]->(n29:Practice)
                  WHERE r29.level <= $q.open
                    AND n29.level <= $q.open
                    AND EXISTS {
                      MATCH (n29) (
                        ()-[r30:UNDER]->(n30)
                        WHERE r30.level <= $q.open
                      ){0,10} (n31)
                      WHERE n31:Topic
                        AND (n31.id = $q.p14)
                    }
                }
              )
          }
      }
  },
  COLLECT {
    MATCH (n16:Lesson)
    WHERE n16.level <= $q.open
      AND (any(x IN n16.rows WHERE x STARTS WITH $q.p9))
      AND (
        EXISTS {
          MATCH (n16)-[r17:ABOUT]->(n17:Topic)
          WHERE r17.level <= $q.open
            AND EXISTS {
              MATCH (n17) (
                ()-[r18:UNDER]->(n18)
                WHERE r18.level <= $q.open
              ){0,10} (n19)
              WHERE n19:Topic
                AND (n19.id = $q.p10)
            }
        }
        OR EXISTS {
          MATCH (n16)-[r20:ABOUT]->(n20:Practice)
          WHERE r20.level <= $q.open
            AND n20.level <= $q.open
            AND EXISTS {
              MATCH (n20) (
                ()-[r21:UNDER]->(n21)
                WHERE r21.level <= $q.open
              ){0,10} (n22)
              WHERE n22:Topic
                AND (n22.id = $q.p11)
            }
        }
      )
      AND EXISTS {
        MATCH (n16)-[r23:FROM]->(n23)
        WHERE r23.level <= $q.open
      }
      AND EXISTS {
        MATCH (n16)<-[r24:LEARNED]-(n24)
        WHERE r24.level <= $q.open
          AND EXISTS {
            MATCH (n24)<-[r25:FROM]-(n25)
            WHERE r25.level <= $q.open
              AND n25.level <= $q.open
              AND (any(x IN n25.rows WHERE x STARTS WITH $q.p12))
              AND (
                EXISTS {
                  MATCH (n25)-[r26:ABOUT]->(n26:Topic)
                  WHERE r26.level <= $q.open
                    AND EXISTS {
                      MATCH (n26) (
                        ()-[r27:UNDER]->(n27)
                        WHERE r27.level <= $q.open
                      ){0,10} (n28)
                      WHERE n28:Topic
                        AND (n28.id = $q.p13)
                    }
                }
                OR EXISTS {
                  MATCH (n25)-[r29:ABOUT]->(n29:Practice)
                  WHERE r29.level <= $q.open
                    AND n29.level <= $q.open
                    AND EXISTS {
                      MATCH (n29) (
                        ()-[r30:UNDER]->(n30)
                        WHERE r30.level <= $q.open
                      ){0,10} (n31)
                      WHERE n31:Topic
                        AND (n31.id = $q.p14)
                    }
                }
              )
          }
      }
      AND n16.id IS NOT NULL
    WITH n16
    ORDER BY n16.id
    LIMIT $q.p15
    RETURN [
      COLLECT {
        MATCH (n16)-[r32:ABOUT]->(n32:Practice)
        WHERE r32.level <= $q.open
          AND n32.level <= $q.open
        WITH n32, r32
        ORDER BY n32.id, r32.id
        LIMIT $q.p16
        RETURN [n32.name]
      },
      COLLECT {
        MATCH (n16)-[r33:FROM]->(n33)
        WHERE r33.level <= $q.open
        WITH n33, r33
        ORDER BY n33.id, r33.id
        LIMIT $q.p17
        RETURN [n33.name]
      },
      head(COLLECT {
        MATCH (n16)<-[r34:LEARNED]-(n34)
        WHERE r34.level <= $q.open
        WITH n34
        ORDER BY n34.id
        LIMIT 1
        RETURN [
          n34.name,
          COLLECT {
            MATCH (n34)<-[r35:FROM]-(n35)
            WHERE r35.level <= $q.open
              AND n35.level <= $q.open
              AND (any(x IN n35.rows WHERE x STARTS WITH $q.p18))
              AND (
                EXISTS {
                  MATCH (n35)-[r36:ABOUT]->(n36:Topic)
                  WHERE r36.level <= $q.open
                    AND EXISTS {
                      MATCH (n36) (
                        ()-[r37:UNDER]->(n37)
                        WHERE r37.level <= $q.open
                      ){0,10} (n38)
                      WHERE n38:Topic
                        AND (n38.id = $q.p19)
                    }
                }
                OR EXISTS {
                  MATCH (n35)-[r39:ABOUT]->(n39:Practice)
                  WHERE r39.level <= $q.open
                    AND n39.level <= $q.open
                    AND EXISTS {
                      MATCH (n39) (
                        ()-[r40:UNDER]->(n40)
                        WHERE r40.level <= $q.open
                      ){0,10} (n41)
                      WHERE n41:Topic
                        AND (n41.id = $q.p20)
                    }
                }
              )
            WITH
              n35,
              r35,
              head(COLLECT {
                MATCH (n35)<-[r42:LEARNED]-(n42)
                WHERE r42.level <= $q.open
                WITH n42
                ORDER BY n42.id
                LIMIT 1
                RETURN n42.name
              }) AS k35_0
            WITH n35, r35, k35_0
            ORDER BY k35_0, n35.id, r35.id
            LIMIT $q.p21
            RETURN [head(COLLECT {
              MATCH (n35)<-[r43:LEARNED]-(n43)
              WHERE r43.level <= $q.open
              WITH n43
              ORDER BY n43.id
              LIMIT 1
              RETURN [n43.name]
            })]
          }
        ]
      })
    ]
  },
  COUNT {
    MATCH (n44:Lesson)
    WHERE n44.level <= $q.open
      AND (any(x IN n44.rows WHERE x STARTS WITH $q.p22))
      AND EXISTS {
        MATCH (n44)-[r45:FROM]->(n45)
        WHERE r45.level <= $q.open
          AND ((
            (n45:City)
            AND (EXISTS {
              MATCH (n45)-[r46:LEARNED]->(n46)
              WHERE r46.level <= $q.open
                AND n46.level <= $q.open
                AND EXISTS {
                  MATCH (n46)-[r47:FROM]->(n47)
                  WHERE r47.level <= $q.open
                }
                AND EXISTS {
                  MATCH (n46)-[r48:ABOUT]->(n48:Practice)
                  WHERE r48.level <= $q.open
                    AND n48.level <= $q.open
                    AND EXISTS {
                      MATCH (n48)<-[r49:ABOUT]-(n44)
                      WHERE r49.level <= $q.open
                        AND n44.level <= $q.open
                    }
                }
            })
          ))
      }
      AND EXISTS {
        MATCH (n44)<-[r50:LEARNED]-(n50)
        WHERE r50.level <= $q.open
          AND EXISTS {
            MATCH (n50)<-[r51:FROM]-(n51)
            WHERE r51.level <= $q.open
              AND n51.level <= $q.open
              AND EXISTS {
                MATCH (n51)-[r52:ABOUT]->(n52:Practice)
                WHERE r52.level <= $q.open
                  AND n52.level <= $q.open
                  AND EXISTS {
                    MATCH (n52)<-[r53:ABOUT]-(n44)
                    WHERE r53.level <= $q.open
                      AND n44.level <= $q.open
                  }
              }
          }
      }
  }
] AS data
