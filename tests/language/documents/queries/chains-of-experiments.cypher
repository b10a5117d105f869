RETURN [COLLECT {
  WITH COLLECT {
    MATCH (n0:Experiment)
    WHERE n0.marking <= $q.open
      AND NOT EXISTS {
        MATCH (n0)<-[r1:PIVOTED_TO]-(n1)
        WHERE r1.marking <= $q.open
          AND n1.marking <= $q.open
      }
      AND n0.sinceDay IS NOT NULL
      AND n0.id IS NOT NULL
    WITH n0
    ORDER BY n0.sinceDay, n0.id
    LIMIT $q.p0
    RETURN n0
  } AS a0
  CALL (a0) {
    UNWIND CASE WHEN size(a0) < $q.p0 THEN [0] ELSE [] END AS g0
    CALL (g0) {
      MATCH (n0:Experiment)
      WHERE n0.marking <= $q.open
        AND NOT EXISTS {
          MATCH (n0)<-[r1:PIVOTED_TO]-(n1)
          WHERE r1.marking <= $q.open
            AND n1.marking <= $q.open
        }
        AND n0.sinceDay IS NULL
        AND n0.id IS NOT NULL
      WITH n0
      ORDER BY n0.id
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
    head(COLLECT {
      MATCH (n0)-[r2:UNDER_PLAN]->(n2)
      WHERE r2.marking <= $q.open
        AND n2.marking <= $q.open
      WITH n2
      ORDER BY n2.id
      LIMIT 1
      RETURN [n2.name]
    }),
    n0.hypothesis,
    n0.learning,
    n0.decision,
    COLLECT {
      MATCH (n0)-[r3:PIVOTED_TO]->(n3)
      WHERE r3.marking <= $q.open
        AND n3.marking <= $q.open
      WITH n3, r3
      ORDER BY n3.id, r3.id
      LIMIT $q.p1
      RETURN [
        n3.hypothesis,
        n3.learning,
        n3.decision,
        COLLECT {
          MATCH (n3)-[r4:PIVOTED_TO]->(n4)
          WHERE r4.marking <= $q.open
            AND n4.marking <= $q.open
          WITH n4, r4
          ORDER BY n4.id, r4.id
          LIMIT $q.p2
          RETURN [n4.hypothesis, n4.learning, n4.decision]
        }
      ]
    }
  ]
}] AS data
