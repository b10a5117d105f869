RETURN [COLLECT {
  MATCH (n0:Person)
  WHERE (n0.marking <= $q.open OR n0.audience IN $q.audiences)
    AND EXISTS {
      MATCH (n0)-[r1:LISTED_ON]->(n1)
      WHERE (r1.marking <= $q.open OR r1.audience IN $q.audiences)
        AND (n1.marking <= $q.open OR n1.audience IN $q.audiences)
        AND EXISTS {
          MATCH (n1)-[r2:OF_CITY]->(n2)
          WHERE (r2.marking <= $q.open OR r2.audience IN $q.audiences)
            AND (n2.id = $q.p0)
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
      MATCH (n0)-[r3:TRUSTS]->(n3)
      WHERE (r3.marking <= $q.open OR r3.audience IN $q.audiences)
        AND (n3.marking <= $q.open OR n3.audience IN $q.audiences)
        AND n3 <> n0
        AND EXISTS {
          MATCH (n0)<-[r4:TRUSTS]-(n4)
          WHERE (r4.marking <= $q.open OR r4.audience IN $q.audiences)
            AND (n4.marking <= $q.open OR n4.audience IN $q.audiences)
            AND n4 = n3
        }
        AND NOT EXISTS {
          MATCH (n0)-[r5:MEMBER_OF]->(n5), (n5)<-[r6:MEMBER_OF]-(n6:Person)
          WHERE (r5.marking <= $q.open OR r5.audience IN $q.audiences)
            AND (n5.marking <= $q.open OR n5.audience IN $q.audiences)
            AND (r6.marking <= $q.open OR r6.audience IN $q.audiences)
            AND (n6.marking <= $q.open OR n6.audience IN $q.audiences)
            AND n6 = n3
        }
      WITH DISTINCT n3
      ORDER BY n3.id
      LIMIT 100
      RETURN [n3.name, n3.sector]
    }
  ]
}] AS data
