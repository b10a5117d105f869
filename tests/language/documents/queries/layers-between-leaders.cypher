RETURN [COLLECT {
  MATCH (n0:Person)
  WHERE (n0.marking <= $q.open OR n0.audience IN $q.audiences)
    AND (n0.name = $q.p0)
    AND EXISTS {
      MATCH (n0)-[r1:LISTED_ON]->(n1)
      WHERE (r1.marking <= $q.open OR r1.audience IN $q.audiences)
        AND (n1.marking <= $q.open OR n1.audience IN $q.audiences)
        AND EXISTS {
          MATCH (n1)-[r2:OF_CITY]->(n2)
          WHERE (r2.marking <= $q.open OR r2.audience IN $q.audiences)
            AND (n2.id = $q.p1)
        }
    }
    AND n0.id IS NOT NULL
  WITH n0
  ORDER BY n0.id
  LIMIT $q.p2
  RETURN [
    n0.name,
    COUNT {
      MATCH (n0)-[r3:TRUSTS]->(n3)
      WHERE (r3.marking <= $q.open OR r3.audience IN $q.audiences)
        AND (n3.marking <= $q.open OR n3.audience IN $q.audiences)
    },
    COUNT {
      MATCH (n0)-[r4:KNOWS]->(n4)
      WHERE (r4.marking <= $q.open OR r4.audience IN $q.audiences)
        AND (n4.marking <= $q.open OR n4.audience IN $q.audiences)
    },
    COUNT {
      MATCH (n0)-[r5:WORKS_WITH]->(n5)
      WHERE (r5.marking <= $q.open OR r5.audience IN $q.audiences)
        AND (n5.marking <= $q.open OR n5.audience IN $q.audiences)
    },
    COLLECT {
      MATCH (n0)-[r6:MEMBER_OF]->(n6)
      WHERE (r6.marking <= $q.open OR r6.audience IN $q.audiences)
        AND (n6.marking <= $q.open OR n6.audience IN $q.audiences)
      WITH n6, r6
      ORDER BY n6.name, n6.id, r6.id
      LIMIT $q.p6
      RETURN [
        n6.name,
        COUNT {
          MATCH (n6)<-[r7:MEMBER_OF]-(n7)
          WHERE (r7.marking <= $q.open OR r7.audience IN $q.audiences)
            AND (n7.marking <= $q.open OR n7.audience IN $q.audiences)
        }
      ]
    }
  ]
}] AS data
