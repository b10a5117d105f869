RETURN [COLLECT {
  MATCH (n0:Fact {id: $q.p0})
  WHERE n0:City
  RETURN [
    n0.name,
    COLLECT {
      MATCH (n0)-[r1:MADE]->(n1)
      WHERE r1.level <= $q.open
        AND n1.level <= $q.open
        AND EXISTS {
          MATCH (n1)-[r2:USES]->(n2)
          WHERE r2.level <= $q.open
            AND n2.level <= $q.open
            AND (n2.name CONTAINS $q.p1)
        }
      WITH n1, r1
      ORDER BY n1.sinceDay, n1.id
      LIMIT $q.p2
      RETURN [
        n1.localName,
        n1.status,
        n1.since,
        n1.until,
        COLLECT {
          MATCH (n1)-[r3:LED_TO]->(n3)
          WHERE r3.level <= $q.open
            AND n3.level <= $q.open
          WITH n3, r3
          ORDER BY n3.id, r3.id
          LIMIT $q.p3
          RETURN [n3.statement, n3.since]
        },
        COLLECT {
          MATCH (n1)<-[r4:TAKEN_ON]-(n4)
          WHERE r4.level <= $q.open
            AND n4.level <= $q.open
          WITH n4, r4
          ORDER BY n4.id, r4.id
          LIMIT $q.p4
          RETURN [
            n4.value,
            n4.role,
            head(COLLECT {
              MATCH (n4)-[r5:OF_METRIC]->(n5)
              WHERE r5.level <= $q.open
                AND n5.level <= $q.open
              WITH n5
              ORDER BY n5.id
              LIMIT 1
              RETURN [n5.name, n5.unit]
            })
          ]
        }
      ]
    }
  ]
}] AS data
