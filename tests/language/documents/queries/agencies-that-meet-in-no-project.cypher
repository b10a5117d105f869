RETURN [COLLECT {
  MATCH (n0:Fact {id: $q.p0})
  WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
    AND n0:Council
  RETURN [
    COLLECT {
      MATCH (n0)<-[r1:SITS_ON]-(n1)
      WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
        AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
      WITH n1, r1
      ORDER BY n1.name, n1.id, r1.id
      LIMIT $q.p1
      RETURN [
        n1.name,
        COLLECT {
          MATCH (n1)-[r2:SITS_ON]->(n2), (n2)<-[r3:SITS_ON]-(n3)
          WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
            AND (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
            AND (r3.level <= $q.openAll OR r3.audience IN $q.audiencesAll)
            AND (n3.level <= $q.openAll OR n3.audience IN $q.audiencesAll)
            AND n3 <> n1
            AND NOT EXISTS {
              MATCH (n1)-[r4:LEADS]->(n4), (n4)<-[r5:LEADS]-(n5)
              WHERE (r4.level <= $q.openAll OR r4.audience IN $q.audiencesAll)
                AND (n4.level <= $q.openAll OR n4.audience IN $q.audiencesAll)
                AND (r5.level <= $q.openAll OR r5.audience IN $q.audiencesAll)
                AND (n5.level <= $q.openAll OR n5.audience IN $q.audiencesAll)
                AND n5 = n3
            }
            AND NOT EXISTS {
              MATCH (n1)-[r6:LEADS]->(n6), (n6)<-[r7:FOLLOWS]-(n7)
              WHERE (r6.level <= $q.openAll OR r6.audience IN $q.audiencesAll)
                AND (n6.level <= $q.openAll OR n6.audience IN $q.audiencesAll)
                AND (r7.level <= $q.openAll OR r7.audience IN $q.audiencesAll)
                AND (n7.level <= $q.openAll OR n7.audience IN $q.audiencesAll)
                AND n7 = n3
            }
            AND NOT EXISTS {
              MATCH (n1)-[r8:FOLLOWS]->(n8), (n8)<-[r9:LEADS]-(n9)
              WHERE (r8.level <= $q.openAll OR r8.audience IN $q.audiencesAll)
                AND (n8.level <= $q.openAll OR n8.audience IN $q.audiencesAll)
                AND (r9.level <= $q.openAll OR r9.audience IN $q.audiencesAll)
                AND (n9.level <= $q.openAll OR n9.audience IN $q.audiencesAll)
                AND n9 = n3
            }
            AND NOT EXISTS {
              MATCH (n1)-[r10:FOLLOWS]->(n10), (n10)<-[r11:FOLLOWS]-(n11)
              WHERE (r10.level <= $q.openAll OR r10.audience IN $q.audiencesAll)
                AND (n10.level <= $q.openAll OR n10.audience IN $q.audiencesAll)
                AND (r11.level <= $q.openAll OR r11.audience IN $q.audiencesAll)
                AND (n11.level <= $q.openAll OR n11.audience IN $q.audiencesAll)
                AND n11 = n3
            }
          WITH DISTINCT n3
          ORDER BY n3.id
          LIMIT 100
          RETURN [n3.name, n3.level >= 4]
        },
        r1.level >= 4 OR n1.level >= 4
      ]
    },
    n0.level >= 4
  ]
}] AS data
