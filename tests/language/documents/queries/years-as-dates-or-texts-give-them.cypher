RETURN [COLLECT {
  MATCH (n0:Lesson)
  WHERE n0.level <= $q.open
    AND EXISTS {
      MATCH (n0)<-[r1:LEARNED]-(n1)
      WHERE r1.level <= $q.open
        AND (n1.id IN coalesce($q.p0, []))
    }
    AND (any(x IN n0.rows WHERE x STARTS WITH $q.p1))
    AND n0.id IS NOT NULL
  WITH n0
  ORDER BY n0.id
  LIMIT $q.p2
  RETURN [
    head(COLLECT {
      MATCH (n0)<-[r2:LEARNED]-(n2)
      WHERE r2.level <= $q.open
      WITH n2
      ORDER BY n2.id
      LIMIT 1
      RETURN [n2.name]
    }),
    n0.statement,
    [
      [d IN [n0.since] WHERE d IS NOT NULL],
      COLLECT {
        MATCH (n0)<-[r3:DREW_ON]-(n3)
        WHERE r3.level <= $q.open
          AND n3.level <= $q.open
          AND n3.since IS NOT NULL
        WITH DISTINCT n3
        ORDER BY n3.id
        LIMIT 100
        RETURN n3.since
      },
      COLLECT {
        MATCH (n0)<-[r4:DREW_ON]-(n4), (n4)-[r5:LED_TO]->(n5)
        WHERE r4.level <= $q.open
          AND n4.level <= $q.open
          AND r5.level <= $q.open
          AND n5.level <= $q.open
          AND n5.statedLagYears IS NOT NULL
        WITH DISTINCT n5
        ORDER BY n5.id
        LIMIT 100
        RETURN n5.statedLagYears
      }
    ],
    COLLECT {
      UNWIND n0.sources AS i6
      MATCH (n6:Fact {id: i6})
      WHERE n6.level <= $q.open
        AND n6:Source
      WITH DISTINCT n6
      ORDER BY n6.id
      LIMIT 100
      RETURN [n6.title]
    }
  ]
}] AS data
