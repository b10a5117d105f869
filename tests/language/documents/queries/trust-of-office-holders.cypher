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
    }
    AND n0.name IS NOT NULL
    AND n0.id IS NOT NULL
  WITH n0
  ORDER BY n0.name, n0.id
  LIMIT $q.p1
  RETURN [
    n0.name,
    COLLECT {
      MATCH (n0)<-[r3:HOLDS]-(n3)
      WHERE (r3.marking <= $q.open OR r3.audience IN $q.audiences)
        AND (n3.marking <= $q.open OR n3.audience IN $q.audiences)
      WITH n3, r3
      ORDER BY r3.sinceDay, r3.id
      LIMIT $q.p2
      RETURN [
        r3.since,
        r3.until,
        n3.name,
        n3.sector,
        COUNT {
          MATCH (n3)<-[r4:TRUSTS]-(n4)
          WHERE (r4.marking <= $q.open OR r4.audience IN $q.audiences)
            AND (n4.marking <= $q.open OR n4.audience IN $q.audiences)
            AND EXISTS {
              UNWIND r4.wave AS i5
              MATCH (n5:Fact {id: i5})
              WHERE (n5.marking <= $q.open OR n5.audience IN $q.audiences)
                AND n5:Wave
                AND (n5.since = $q.p3)
            }
        },
        COUNT {
          MATCH (n3)-[r6:TRUSTS]->(n6)
          WHERE (r6.marking <= $q.open OR r6.audience IN $q.audiences)
            AND (n6.marking <= $q.open OR n6.audience IN $q.audiences)
            AND EXISTS {
              UNWIND r6.wave AS i7
              MATCH (n7:Fact {id: i7})
              WHERE (n7.marking <= $q.open OR n7.audience IN $q.audiences)
                AND n7:Wave
                AND (n7.since = $q.p5)
            }
        }
      ]
    }
  ]
}] AS data
