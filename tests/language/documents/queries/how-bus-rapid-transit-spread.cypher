RETURN [
  COUNT {
    MATCH (n0:Adoption)
    WHERE n0.level <= $q.open
      AND EXISTS {
        MATCH (n0)-[r1:USES]->(n1)
        WHERE r1.level <= $q.open
          AND n1.level <= $q.open
          AND (n1.id = $q.p0)
      }
      AND EXISTS {
        MATCH (n0)-[r2:DREW_ON]->(n2)
        WHERE r2.level <= $q.open
          AND n2.level <= $q.open
          AND EXISTS {
            MATCH (n2)-[r3:FROM]->(n3)
            WHERE r3.level <= $q.open
          }
      }
  },
  COLLECT {
    WITH COLLECT {
      MATCH (n0:Adoption)
      WHERE n0.level <= $q.open
        AND EXISTS {
          MATCH (n0)-[r1:USES]->(n1)
          WHERE r1.level <= $q.open
            AND n1.level <= $q.open
            AND (n1.id = $q.p0)
        }
        AND EXISTS {
          MATCH (n0)-[r2:DREW_ON]->(n2)
          WHERE r2.level <= $q.open
            AND n2.level <= $q.open
            AND EXISTS {
              MATCH (n2)-[r3:FROM]->(n3)
              WHERE r3.level <= $q.open
            }
        }
        AND n0.sinceDay IS NOT NULL
        AND n0.id IS NOT NULL
      WITH n0
      ORDER BY n0.sinceDay, n0.id
      LIMIT $q.p1
      RETURN n0
    } AS a0
    CALL (a0) {
      UNWIND CASE WHEN size(a0) < $q.p1 THEN [0] ELSE [] END AS g0
      CALL (g0) {
        MATCH (n0:Adoption)
        WHERE n0.level <= $q.open
          AND EXISTS {
            MATCH (n0)-[r1:USES]->(n1)
            WHERE r1.level <= $q.open
              AND n1.level <= $q.open
              AND (n1.id = $q.p0)
          }
          AND EXISTS {
            MATCH (n0)-[r2:DREW_ON]->(n2)
            WHERE r2.level <= $q.open
              AND n2.level <= $q.open
              AND EXISTS {
                MATCH (n2)-[r3:FROM]->(n3)
                WHERE r3.level <= $q.open
              }
          }
          AND n0.sinceDay IS NULL
          AND n0.id IS NOT NULL
        WITH n0
        ORDER BY n0.id
        LIMIT $q.p1
        RETURN n0 AS s0
      }
      RETURN collect(s0) AS b0
    }
    WITH a0 + b0 AS a0
    UNWIND a0 AS n0
    WITH n0
    LIMIT $q.p1
    RETURN [
      n0.localName,
      n0.since,
      head(COLLECT {
        MATCH (n0)<-[r4:MADE]-(n4)
        WHERE r4.level <= $q.open
        WITH n4
        ORDER BY n4.id
        LIMIT 1
        RETURN [n4.name]
      }),
      COLLECT {
        MATCH (n0)-[r5:DREW_ON]->(n5)
        WHERE r5.level <= $q.open
          AND n5.level <= $q.open
        WITH n5, r5
        ORDER BY n5.id, r5.id
        LIMIT $q.p2
        RETURN [
          n5.statement,
          COLLECT {
            MATCH (n5)-[r6:FROM]->(n6)
            WHERE r6.level <= $q.open
            WITH n6, r6
            ORDER BY n6.id, r6.id
            LIMIT $q.p3
            RETURN [n6.name, head([l IN labels(n6) WHERE l <> 'Fact'])]
          }
        ]
      }
    ]
  }
] AS data
