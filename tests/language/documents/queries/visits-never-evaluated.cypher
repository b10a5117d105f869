RETURN [COLLECT {
  WITH COLLECT {
    MATCH (n0:Visit)
    WHERE (n0.level <= $q.open OR n0.audience IN $q.audiences)
      AND (n0.status = $q.p0)
      AND EXISTS {
        MATCH (n0)-[r1:MADE_BY]->(n1)
        WHERE (r1.level <= $q.open OR r1.audience IN $q.audiences)
          AND (n1.level <= $q.open OR n1.audience IN $q.audiences)
          AND (n1.id IN coalesce($q.p1, []))
      }
      AND EXISTS {
        MATCH (n0)-[r2:PURSUED]->(n2)
        WHERE (r2.level <= $q.open OR r2.audience IN $q.audiences)
          AND (n2.level <= $q.open OR n2.audience IN $q.audiences)
      }
      AND NOT EXISTS {
        MATCH (n0)<-[r3:JUDGES]-(n3)
        WHERE (r3.level <= $q.open OR r3.audience IN $q.audiences)
          AND (n3.level <= $q.open OR n3.audience IN $q.audiences)
      }
      AND n0.sinceDay IS NOT NULL
      AND n0.id IS NOT NULL
    WITH n0
    ORDER BY n0.sinceDay, n0.id
    LIMIT $q.p2
    RETURN n0
  } AS a0
  CALL (a0) {
    UNWIND CASE WHEN size(a0) < $q.p2 THEN [0] ELSE [] END AS g0
    CALL (g0) {
      MATCH (n0:Visit)
      WHERE (n0.level <= $q.open OR n0.audience IN $q.audiences)
        AND (n0.status = $q.p0)
        AND EXISTS {
          MATCH (n0)-[r1:MADE_BY]->(n1)
          WHERE (r1.level <= $q.open OR r1.audience IN $q.audiences)
            AND (n1.level <= $q.open OR n1.audience IN $q.audiences)
            AND (n1.id IN coalesce($q.p1, []))
        }
        AND EXISTS {
          MATCH (n0)-[r2:PURSUED]->(n2)
          WHERE (r2.level <= $q.open OR r2.audience IN $q.audiences)
            AND (n2.level <= $q.open OR n2.audience IN $q.audiences)
        }
        AND NOT EXISTS {
          MATCH (n0)<-[r3:JUDGES]-(n3)
          WHERE (r3.level <= $q.open OR r3.audience IN $q.audiences)
            AND (n3.level <= $q.open OR n3.audience IN $q.audiences)
        }
        AND n0.sinceDay IS NULL
        AND n0.id IS NOT NULL
      WITH n0
      ORDER BY n0.id
      LIMIT $q.p2
      RETURN n0 AS s0
    }
    RETURN collect(s0) AS b0
  }
  WITH a0 + b0 AS a0
  UNWIND a0 AS n0
  WITH n0
  LIMIT $q.p2
  RETURN [
    n0.title,
    n0.since,
    COLLECT {
      MATCH (n0)-[r4:PURSUED]->(n4)
      WHERE (r4.level <= $q.open OR r4.audience IN $q.audiences)
        AND (n4.level <= $q.open OR n4.audience IN $q.audiences)
      WITH n4, r4
      ORDER BY n4.id, r4.id
      LIMIT $q.p3
      RETURN [n4.statement, n4.kind]
    },
    n0.confidence
  ]
}] AS data
