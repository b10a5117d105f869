RETURN [COLLECT {
  MATCH (n0:Fact {id: $q.p0})
  WHERE n0.marking <= $q.open
    AND n0:Council
  RETURN [
    COUNT {
      MATCH (n0)<-[r1:OF_COUNCIL]-(n1)
      WHERE r1.marking <= $q.open
        AND n1.marking <= $q.open
        AND (n1.status = $q.p1)
    },
    COLLECT {
      MATCH (n0)<-[r2:SITS_ON]-(n2)
      WHERE r2.marking <= $q.open
        AND n2.marking <= $q.open
      WITH
        n2,
        r2,
        COUNT {
          MATCH (n2)-[r3:ATTENDED]->(n3)
          WHERE r3.marking <= $q.open
            AND n3.marking <= $q.open
        } AS k2_0
      WITH n2, r2, k2_0
      ORDER BY k2_0 DESC, n2.name, n2.id, r2.id
      LIMIT $q.p3
      RETURN [
        r2.since,
        r2.until,
        n2.name,
        COUNT {
          MATCH (n2)-[r4:ATTENDED]->(n4)
          WHERE r4.marking <= $q.open
            AND n4.marking <= $q.open
            AND EXISTS {
              MATCH (n4)-[r5:OF_COUNCIL]->(n5)
              WHERE r5.marking <= $q.open
                AND n5.marking <= $q.open
                AND (n5.id = $q.p4)
            }
        }
      ]
    }
  ]
}] AS data
