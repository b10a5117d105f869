RETURN [COLLECT {
  MATCH (n0:Fact {id: $q.p0})
  WHERE n0.marking <= $q.open
    AND n0:Council
  RETURN [COLLECT {
    MATCH (n0)<-[r1:SITS_ON]-(n1)
    WHERE r1.marking <= $q.open
      AND n1.marking <= $q.open
    WITH n1, r1
    ORDER BY n1.name, n1.id, r1.id
    LIMIT $q.p1
    RETURN [
      n1.name,
      COLLECT {
        MATCH (n1)-[r2:SITS_ON]->(n2), (n2)<-[r3:SITS_ON]-(n3)
        WHERE r2.marking <= $q.open
          AND n2.marking <= $q.open
          AND r3.marking <= $q.open
          AND n3.marking <= $q.open
          AND n3 <> n1
          AND NOT EXISTS {
            MATCH (n1)-[r4:LEADS]->(n4), (n4)<-[r5:LEADS]-(n5)
            WHERE r4.marking <= $q.open
              AND n4.marking <= $q.open
              AND r5.marking <= $q.open
              AND n5.marking <= $q.open
              AND n5 = n3
          }
          AND NOT EXISTS {
            MATCH (n1)-[r6:LEADS]->(n6), (n6)<-[r7:FOLLOWS]-(n7)
            WHERE r6.marking <= $q.open
              AND n6.marking <= $q.open
              AND r7.marking <= $q.open
              AND n7.marking <= $q.open
              AND n7 = n3
          }
          AND NOT EXISTS {
            MATCH (n1)-[r8:FOLLOWS]->(n8), (n8)<-[r9:LEADS]-(n9)
            WHERE r8.marking <= $q.open
              AND n8.marking <= $q.open
              AND r9.marking <= $q.open
              AND n9.marking <= $q.open
              AND n9 = n3
          }
          AND NOT EXISTS {
            MATCH (n1)-[r10:FOLLOWS]->(n10), (n10)<-[r11:FOLLOWS]-(n11)
            WHERE r10.marking <= $q.open
              AND n10.marking <= $q.open
              AND r11.marking <= $q.open
              AND n11.marking <= $q.open
              AND n11 = n3
          }
        WITH DISTINCT n3
        ORDER BY n3.id
        LIMIT 100
        RETURN [n3.name]
      }
    ]
  }]
}] AS data
