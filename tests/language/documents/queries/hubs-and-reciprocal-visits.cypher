RETURN [
  COUNT {
    MATCH (n0:City)
    WHERE
      EXISTS {
        MATCH (n0)<-[r1:MADE_BY]-(n1)
        WHERE r1.level <= $q.open
          AND n1.level <= $q.open
          AND (any(x IN n1.rows WHERE x STARTS WITH $q.p0))
      }
      AND EXISTS {
        MATCH (n0)<-[r2:HOSTED_BY]-(n2)
        WHERE r2.level <= $q.open
          AND n2.level <= $q.open
          AND (any(x IN n2.rows WHERE x STARTS WITH $q.p1))
      }
  },
  COLLECT {
    MATCH (n0:City)
    WHERE
      EXISTS {
        MATCH (n0)<-[r1:MADE_BY]-(n1)
        WHERE r1.level <= $q.open
          AND n1.level <= $q.open
          AND (any(x IN n1.rows WHERE x STARTS WITH $q.p0))
      }
      AND EXISTS {
        MATCH (n0)<-[r2:HOSTED_BY]-(n2)
        WHERE r2.level <= $q.open
          AND n2.level <= $q.open
          AND (any(x IN n2.rows WHERE x STARTS WITH $q.p1))
      }
      AND n0.name IS NOT NULL
      AND n0.id IS NOT NULL
    WITH n0
    ORDER BY n0.name, n0.id
    LIMIT $q.p2
    RETURN [n0.name]
  },
  COUNT {
    MATCH (n3:City)
    WHERE EXISTS {
      MATCH (n3)<-[r4:MADE_BY]-(n4)
      WHERE r4.level <= $q.open
        AND n4.level <= $q.open
        AND (any(x IN n4.rows WHERE x STARTS WITH $q.p3))
        AND EXISTS {
          MATCH (n4)-[r5:HOSTED_BY]->(n5)
          WHERE r5.level <= $q.open
            AND n5.level <= $q.open
            AND NOT coalesce(n5 = n3, false)
            AND ((
              (n5:City)
              AND (EXISTS {
                MATCH (n5)<-[r6:MADE_BY]-(n6)
                WHERE r6.level <= $q.open
                  AND n6.level <= $q.open
                  AND (any(x IN n6.rows WHERE x STARTS WITH $q.p4))
                  AND EXISTS {
                    MATCH (n6)-[r7:HOSTED_BY]->(n3)
                    WHERE r7.level <= $q.open
                      AND n3.level <= $q.open
                  }
              })
            ))
        }
    }
  },
  COLLECT {
    MATCH (n3:City)
    WHERE
      EXISTS {
        MATCH (n3)<-[r4:MADE_BY]-(n4)
        WHERE r4.level <= $q.open
          AND n4.level <= $q.open
          AND (any(x IN n4.rows WHERE x STARTS WITH $q.p3))
          AND EXISTS {
            MATCH (n4)-[r5:HOSTED_BY]->(n5)
            WHERE r5.level <= $q.open
              AND n5.level <= $q.open
              AND NOT coalesce(n5 = n3, false)
              AND ((
                (n5:City)
                AND (EXISTS {
                  MATCH (n5)<-[r6:MADE_BY]-(n6)
                  WHERE r6.level <= $q.open
                    AND n6.level <= $q.open
                    AND (any(x IN n6.rows WHERE x STARTS WITH $q.p4))
                    AND EXISTS {
                      MATCH (n6)-[r7:HOSTED_BY]->(n3)
                      WHERE r7.level <= $q.open
                        AND n3.level <= $q.open
                    }
                })
              ))
          }
      }
      AND n3.name IS NOT NULL
      AND n3.id IS NOT NULL
    WITH n3
    ORDER BY n3.name, n3.id
    LIMIT $q.p5
    RETURN [
      n3.name,
      COLLECT {
        MATCH (n3)<-[r8:MADE_BY]-(n8)
        WHERE r8.level <= $q.open
          AND n8.level <= $q.open
          AND (any(x IN n8.rows WHERE x STARTS WITH $q.p6))
          AND EXISTS {
            MATCH (n8)-[r9:HOSTED_BY]->(n9)
            WHERE r9.level <= $q.open
              AND n9.level <= $q.open
              AND NOT coalesce(n9 = n3, false)
              AND ((
                (n9:City)
                AND (EXISTS {
                  MATCH (n9)<-[r10:MADE_BY]-(n10)
                  WHERE r10.level <= $q.open
                    AND n10.level <= $q.open
                    AND (any(x IN n10.rows WHERE x STARTS WITH $q.p7))
                    AND EXISTS {
                      MATCH (n10)-[r11:HOSTED_BY]->(n3)
                      WHERE r11.level <= $q.open
                        AND n3.level <= $q.open
                    }
                })
              ))
          }
        WITH n8, r8
        ORDER BY n8.id, r8.id
        LIMIT $q.p8
        RETURN [COLLECT {
          MATCH (n8)-[r12:HOSTED_BY]->(n12)
          WHERE r12.level <= $q.open
            AND n12.level <= $q.open
            AND NOT coalesce(n12 = n3, false)
            AND ((
              (n12:City)
              AND (EXISTS {
                MATCH (n12)<-[r13:MADE_BY]-(n13)
                WHERE r13.level <= $q.open
                  AND n13.level <= $q.open
                  AND (any(x IN n13.rows WHERE x STARTS WITH $q.p9))
                  AND EXISTS {
                    MATCH (n13)-[r14:HOSTED_BY]->(n3)
                    WHERE r14.level <= $q.open
                      AND n3.level <= $q.open
                  }
              })
            ))
          WITH n12, r12
          ORDER BY n12.id, r12.id
          LIMIT $q.p10
          RETURN [n12.name]
        }]
      }
    ]
  }
] AS data
