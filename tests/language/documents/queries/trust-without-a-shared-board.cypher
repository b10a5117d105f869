RETURN [COLLECT {
  MATCH (n0:Person)
  WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
    AND EXISTS {
      MATCH (n0)-[r1:LISTED_ON]->(n1)
      WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
        AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
        AND EXISTS {
          MATCH (n1)-[r2:OF_CITY]->(n2)
          WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
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
      WHERE (r3.level <= $q.openAll OR r3.audience IN $q.audiencesAll)
        AND (n3.level <= $q.openAll OR n3.audience IN $q.audiencesAll)
        AND n3 <> n0
        AND EXISTS {
          MATCH (n0)<-[r4:TRUSTS]-(n4)
          WHERE (r4.level <= $q.openAll OR r4.audience IN $q.audiencesAll)
            AND (n4.level <= $q.openAll OR n4.audience IN $q.audiencesAll)
            AND n4 = n3
        }
        AND NOT EXISTS {
          MATCH (n0)-[r5:MEMBER_OF]->(n5), (n5)<-[r6:MEMBER_OF]-(n6:Person)
          WHERE (r5.level <= $q.openAll OR r5.audience IN $q.audiencesAll)
            AND (n5.level <= $q.openAll OR n5.audience IN $q.audiencesAll)
            AND (r6.level <= $q.openAll OR r6.audience IN $q.audiencesAll)
            AND (n6.level <= $q.openAll OR n6.audience IN $q.audiencesAll)
            AND n6 = n3
        }
      WITH DISTINCT n3
      ORDER BY n3.id
      LIMIT 100
      RETURN [n3.name, n3.sector, n3.level >= 4]
    },
    n0.level >= 4
  ]
}] AS data
