RETURN [
  COUNT {
    MATCH (n0:Adoption)
    WHERE n0.level <= $q.open
      AND (any(x IN n0.rows WHERE x STARTS WITH $q.p0))
      AND EXISTS {
        MATCH (n0)<-[r1:MADE]-(n1)
        WHERE r1.level <= $q.open
          AND EXISTS {
            MATCH (n1)<-[r2:MADE_BY]-(n2)
            WHERE r2.level <= $q.open
              AND n2.level <= $q.open
              AND (any(x IN n2.rows WHERE x STARTS WITH $q.p1))
              AND (reduce(
                x = '',
                d IN [d IN split(
                  reduce(
                    s = replace(last(split(n2.since, '/')), 'X', '9'),
                    c IN ['[', ']', '?', '~', '%'] | replace(s, c, '')
                  ),
                  ','
                ) | trim(last(split(d, '..')))] | CASE WHEN d = '' THEN ':' WHEN d + '-99' > x THEN d + '-99' ELSE x END
              ) < reduce(
                x = ':',
                d IN [d IN split(
                  reduce(
                    s = replace(head(split(n0.since, '/')), 'X', '0'),
                    c IN ['[', ']', '?', '~', '%'] | replace(s, c, '')
                  ),
                  ','
                ) | trim(head(split(d, '..')))] | CASE WHEN d < x THEN d ELSE x END
              ))
              AND EXISTS {
                MATCH (n2)-[r3:HOSTED_BY]->(n3)
                WHERE r3.level <= $q.open
                  AND n3.level <= $q.open
                  AND ((
                    (n3:City)
                    AND (EXISTS {
                      MATCH (n3)<-[r4:FROM]-(n4)
                      WHERE r4.level <= $q.open
                        AND n4.level <= $q.open
                        AND EXISTS {
                          MATCH (n4)<-[r5:DREW_ON]-(n0)
                          WHERE r5.level <= $q.open
                            AND n0.level <= $q.open
                        }
                    })
                  ))
              }
          }
      }
  },
  COLLECT {
    MATCH (n0:Adoption)
    WHERE n0.level <= $q.open
      AND (any(x IN n0.rows WHERE x STARTS WITH $q.p0))
      AND EXISTS {
        MATCH (n0)<-[r1:MADE]-(n1)
        WHERE r1.level <= $q.open
          AND EXISTS {
            MATCH (n1)<-[r2:MADE_BY]-(n2)
            WHERE r2.level <= $q.open
              AND n2.level <= $q.open
              AND (any(x IN n2.rows WHERE x STARTS WITH $q.p1))
              AND (reduce(
                x = '',
                d IN [d IN split(
                  reduce(
                    s = replace(last(split(n2.since, '/')), 'X', '9'),
                    c IN ['[', ']', '?', '~', '%'] | replace(s, c, '')
                  ),
                  ','
                ) | trim(last(split(d, '..')))] | CASE WHEN d = '' THEN ':' WHEN d + '-99' > x THEN d + '-99' ELSE x END
              ) < reduce(
                x = ':',
                d IN [d IN split(
                  reduce(
                    s = replace(head(split(n0.since, '/')), 'X', '0'),
                    c IN ['[', ']', '?', '~', '%'] | replace(s, c, '')
                  ),
                  ','
                ) | trim(head(split(d, '..')))] | CASE WHEN d < x THEN d ELSE x END
              ))
              AND EXISTS {
                MATCH (n2)-[r3:HOSTED_BY]->(n3)
                WHERE r3.level <= $q.open
                  AND n3.level <= $q.open
                  AND ((
                    (n3:City)
                    AND (EXISTS {
                      MATCH (n3)<-[r4:FROM]-(n4)
                      WHERE r4.level <= $q.open
                        AND n4.level <= $q.open
                        AND EXISTS {
                          MATCH (n4)<-[r5:DREW_ON]-(n0)
                          WHERE r5.level <= $q.open
                            AND n0.level <= $q.open
                        }
                    })
                  ))
              }
          }
      }
      AND n0.id IS NOT NULL
    WITH n0
    ORDER BY n0.id
    LIMIT $q.p2
    RETURN [
      n0.localName,
      head(COLLECT {
        MATCH (n0)-[r6:USES]->(n6)
        WHERE r6.level <= $q.open
          AND n6.level <= $q.open
        WITH n6
        ORDER BY n6.id
        LIMIT 1
        RETURN [n6.name]
      }),
      n0.since,
      head(COLLECT {
        MATCH (n0)<-[r7:MADE]-(n7)
        WHERE r7.level <= $q.open
        WITH n7
        ORDER BY n7.id
        LIMIT 1
        RETURN [
          n7.name,
          COLLECT {
            MATCH (n7)<-[r8:MADE_BY]-(n8)
            WHERE r8.level <= $q.open
              AND n8.level <= $q.open
              AND (any(x IN n8.rows WHERE x STARTS WITH $q.p3))
              AND (reduce(
                x = '',
                d IN [d IN split(
                  reduce(
                    s = replace(last(split(n8.since, '/')), 'X', '9'),
                    c IN ['[', ']', '?', '~', '%'] | replace(s, c, '')
                  ),
                  ','
                ) | trim(last(split(d, '..')))] | CASE WHEN d = '' THEN ':' WHEN d + '-99' > x THEN d + '-99' ELSE x END
              ) < reduce(
                x = ':',
                d IN [d IN split(
                  reduce(
                    s = replace(head(split(n0.since, '/')), 'X', '0'),
                    c IN ['[', ']', '?', '~', '%'] | replace(s, c, '')
                  ),
                  ','
                ) | trim(head(split(d, '..')))] | CASE WHEN d < x THEN d ELSE x END
              ))
              AND EXISTS {
                MATCH (n8)-[r9:HOSTED_BY]->(n9)
                WHERE r9.level <= $q.open
                  AND n9.level <= $q.open
                  AND ((
                    (n9:City)
                    AND (EXISTS {
                      MATCH (n9)<-[r10:FROM]-(n10)
                      WHERE r10.level <= $q.open
                        AND n10.level <= $q.open
                        AND EXISTS {
                          MATCH (n10)<-[r11:DREW_ON]-(n0)
                          WHERE r11.level <= $q.open
                            AND n0.level <= $q.open
                        }
                    })
                  ))
              }
            WITH n8, r8
            ORDER BY n8.id, r8.id
            LIMIT $q.p4
            RETURN [
              n8.title,
              n8.since,
              n8.rows,
              COLLECT {
                MATCH (n8)-[r12:HOSTED_BY]->(n12)
                WHERE r12.level <= $q.open
                  AND n12.level <= $q.open
                WITH n12, r12
                ORDER BY n12.id, r12.id
                LIMIT $q.p5
                RETURN [n12.name]
              }
            ]
          }
        ]
      })
    ]
  }
] AS data
