RETURN [COLLECT {
  MATCH (n0:Office)
  WHERE (n0.marking <= $q.open OR n0.audience IN $q.audiences)
    AND EXISTS {
      MATCH (n0)-[r1:OFFICE_OF]->(n1)
      WHERE (r1.marking <= $q.open OR r1.audience IN $q.audiences)
        AND (n1.marking <= $q.open OR n1.audience IN $q.audiences)
        AND (n1.id = $q.p0)
    }
    AND EXISTS {
      MATCH (n0)<-[r2:HOLDS]-(n2)
      WHERE (r2.marking <= $q.open OR r2.audience IN $q.audiences)
        AND (n2.marking <= $q.open OR n2.audience IN $q.audiences)
        AND EXISTS {
          MATCH (n2)<-[r3:KNOWS]-(n3)
          WHERE (r3.marking <= $q.open OR r3.audience IN $q.audiences)
            AND (n3.marking <= $q.open OR n3.audience IN $q.audiences)
        }
    }
    AND n0.name IS NOT NULL
    AND n0.id IS NOT NULL
  WITH n0
  ORDER BY n0.name, n0.id
  LIMIT $q.p1
  RETURN [
    n0.name,
    COLLECT {
      MATCH (n0)<-[r4:HOLDS]-(n4)
      WHERE (r4.marking <= $q.open OR r4.audience IN $q.audiences)
        AND (n4.marking <= $q.open OR n4.audience IN $q.audiences)
      WITH n4, r4
      ORDER BY r4.sinceDay, r4.id
      LIMIT $q.p2
      RETURN [
        r4.since,
        r4.until,
        n4.name,
        COUNT {
          MATCH (n4)<-[r5:KNOWS]-(n5)
          WHERE (r5.marking <= $q.open OR r5.audience IN $q.audiences)
            AND (n5.marking <= $q.open OR n5.audience IN $q.audiences)
        },
        COLLECT {
          MATCH (n4)<-[r5:KNOWS]-(n5)
          WHERE (r5.marking <= $q.open OR r5.audience IN $q.audiences)
            AND (n5.marking <= $q.open OR n5.audience IN $q.audiences)
          WITH n5, r5
          ORDER BY r5.sinceDay, r5.id
          LIMIT $q.p3
          RETURN [r5.since, r5.until, n5.name]
        }
      ]
    }
  ]
}] AS data
