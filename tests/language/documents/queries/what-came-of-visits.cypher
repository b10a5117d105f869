RETURN [COLLECT {
  WITH COLLECT {
    MATCH (n0:Visit)
    WHERE n0.level <= $q.open
      AND EXISTS {
        MATCH (n0)<-[r1:GAINED_ON]-(n1)
        WHERE r1.level <= $q.open
          AND n1.level <= $q.open
          AND EXISTS {
            MATCH (n1)<-[r2:DREW_ON]-(n2)
            WHERE r2.level <= $q.open
              AND n2.level <= $q.open
              AND EXISTS {
                MATCH (n2)-[r3:LED_TO]->(n3)
                WHERE r3.level <= $q.open
                  AND n3.level <= $q.open
              }
          }
      }
      AND n0.sinceDay IS NOT NULL
      AND n0.id IS NOT NULL
    WITH n0
    ORDER BY n0.sinceDay DESC, n0.id DESC
    LIMIT $q.p0
    RETURN n0
  } AS a0
  CALL (a0) {
    UNWIND CASE WHEN size(a0) < $q.p0 THEN [0] ELSE [] END AS g0
    CALL (g0) {
      MATCH (n0:Visit)
      WHERE n0.level <= $q.open
        AND EXISTS {
          MATCH (n0)<-[r1:GAINED_ON]-(n1)
          WHERE r1.level <= $q.open
            AND n1.level <= $q.open
            AND EXISTS {
              MATCH (n1)<-[r2:DREW_ON]-(n2)
              WHERE r2.level <= $q.open
                AND n2.level <= $q.open
                AND EXISTS {
                  MATCH (n2)-[r3:LED_TO]->(n3)
                  WHERE r3.level <= $q.open
                    AND n3.level <= $q.open
                }
            }
        }
        AND n0.sinceDay IS NULL
        AND n0.id IS NOT NULL
      WITH n0
      ORDER BY n0.id DESC
      LIMIT $q.p0
      RETURN n0 AS s0
    }
    RETURN collect(s0) AS b0
  }
  WITH a0 + b0 AS a0
  UNWIND a0 AS n0
  WITH n0
  LIMIT $q.p0
  RETURN [
    n0.title,
    n0.since,
    COLLECT {
      MATCH (n0)<-[r4:GAINED_ON]-(n4)
      WHERE r4.level <= $q.open
        AND n4.level <= $q.open
      WITH n4, r4
      ORDER BY n4.id, r4.id
      LIMIT $q.p1
      RETURN [
        n4.statement,
        COLLECT {
          MATCH (n4)<-[r5:DREW_ON]-(n5)
          WHERE r5.level <= $q.open
            AND n5.level <= $q.open
          WITH n5, r5
          ORDER BY n5.id, r5.id
          LIMIT $q.p2
          RETURN [
            n5.localName,
            n5.since,
            COLLECT {
              MATCH (n5)-[r6:LED_TO]->(n6)
              WHERE r6.level <= $q.open
                AND n6.level <= $q.open
              WITH n6, r6
              ORDER BY n6.id, r6.id
              LIMIT $q.p3
              RETURN [n6.statement, n6.since]
            }
          ]
        }
      ]
    }
  ]
}] AS data
