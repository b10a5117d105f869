RETURN [
  COUNT {
    MATCH (n0:Adoption)
    WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
      AND EXISTS {
        MATCH (n0)-[r1:USES]->(n1)
        WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
          AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
          AND (n1.id = $q.p0)
      }
      AND EXISTS {
        MATCH (n0)-[r2:DREW_ON]->(n2)
        WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
          AND (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
          AND EXISTS {
            MATCH (n2)-[r3:FROM]->(n3)
            WHERE (r3.level <= $q.openAll OR r3.audience IN $q.audiencesAll)
          }
      }
  },
  COLLECT {
    WITH COLLECT {
      MATCH (n0:Adoption)
      WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
        AND EXISTS {
          MATCH (n0)-[r1:USES]->(n1)
          WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
            AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
            AND (n1.id = $q.p0)
        }
        AND EXISTS {
          MATCH (n0)-[r2:DREW_ON]->(n2)
          WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
            AND (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
            AND EXISTS {
              MATCH (n2)-[r3:FROM]->(n3)
              WHERE (r3.level <= $q.openAll OR r3.audience IN $q.audiencesAll)
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
        WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
          AND EXISTS {
            MATCH (n0)-[r1:USES]->(n1)
            WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
              AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
              AND (n1.id = $q.p0)
          }
          AND EXISTS {
            MATCH (n0)-[r2:DREW_ON]->(n2)
            WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
              AND (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
              AND EXISTS {
                MATCH (n2)-[r3:FROM]->(n3)
                WHERE (r3.level <= $q.openAll OR r3.audience IN $q.audiencesAll)
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
        WHERE (r4.level <= $q.openAll OR r4.audience IN $q.audiencesAll)
        WITH n4, r4
        ORDER BY n4.id, r4.id
        LIMIT 1
        RETURN [n4.name, r4.level >= 4]
      }),
      COLLECT {
        MATCH (n0)-[r5:DREW_ON]->(n5)
        WHERE (r5.level <= $q.openAll OR r5.audience IN $q.audiencesAll)
          AND (n5.level <= $q.openAll OR n5.audience IN $q.audiencesAll)
        WITH n5, r5
        ORDER BY n5.id, r5.id
        LIMIT $q.p2
        RETURN [
          n5.statement,
          COLLECT {
            MATCH (n5)-[r6:FROM]->(n6)
            WHERE (r6.level <= $q.openAll OR r6.audience IN $q.audiencesAll)
            WITH n6, r6
            ORDER BY n6.id, r6.id
            LIMIT $q.p3
            RETURN [n6.name, head([l IN labels(n6) WHERE l <> 'Fact']), r6.level >= 4]
          },
          r5.level >= 4 OR n5.level >= 4
        ]
      },
      n0.level >= 4
    ]
  },
  EXISTS {
    MATCH (n0:Adoption)
    WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
      AND EXISTS {
        MATCH (n0)-[r1:USES]->(n1)
        WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
          AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
          AND (n1.id = $q.p0)
      }
      AND EXISTS {
        MATCH (n0)-[r2:DREW_ON]->(n2)
        WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
          AND (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
          AND EXISTS {
            MATCH (n2)-[r3:FROM]->(n3)
            WHERE (r3.level <= $q.openAll OR r3.audience IN $q.audiencesAll)
          }
      }
      AND (n0.level >= 4)
    RETURN n0
  }
] AS data
