RETURN [COLLECT {
  MATCH (n0:Person)
  WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
    AND (n0.name = $q.p0)
    AND EXISTS {
      MATCH (n0)-[r1:LISTED_ON]->(n1)
      WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
        AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
        AND EXISTS {
          MATCH (n1)-[r2:OF_CITY]->(n2)
          WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
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
      WHERE (r3.level <= $q.openAll OR r3.audience IN $q.audiencesAll)
        AND (n3.level <= $q.openAll OR n3.audience IN $q.audiencesAll)
    },
    COUNT {
      MATCH (n0)-[r4:KNOWS]->(n4)
      WHERE (r4.level <= $q.openAll OR r4.audience IN $q.audiencesAll)
        AND (n4.level <= $q.openAll OR n4.audience IN $q.audiencesAll)
    },
    COUNT {
      MATCH (n0)-[r5:WORKS_WITH]->(n5)
      WHERE (r5.level <= $q.openAll OR r5.audience IN $q.audiencesAll)
        AND (n5.level <= $q.openAll OR n5.audience IN $q.audiencesAll)
    },
    COLLECT {
      MATCH (n0)-[r6:MEMBER_OF]->(n6)
      WHERE (r6.level <= $q.openAll OR r6.audience IN $q.audiencesAll)
        AND (n6.level <= $q.openAll OR n6.audience IN $q.audiencesAll)
      WITH n6, r6
      ORDER BY n6.name, n6.id, r6.id
      LIMIT $q.p6
      RETURN [
        n6.name,
        COUNT {
          MATCH (n6)<-[r7:MEMBER_OF]-(n7)
          WHERE (r7.level <= $q.openAll OR r7.audience IN $q.audiencesAll)
            AND (n7.level <= $q.openAll OR n7.audience IN $q.audiencesAll)
        },
        EXISTS {
          MATCH (n6)<-[r7:MEMBER_OF]-(n7)
          WHERE (r7.level <= $q.openAll OR r7.audience IN $q.audiencesAll)
            AND (n7.level <= $q.openAll OR n7.audience IN $q.audiencesAll)
            AND (r7.level >= 4 OR n7.level >= 4)
          RETURN n7
        },
        r6.level >= 4 OR n6.level >= 4
      ]
    },
    EXISTS {
      MATCH (n0)-[r3:TRUSTS]->(n3)
      WHERE (r3.level <= $q.openAll OR r3.audience IN $q.audiencesAll)
        AND (n3.level <= $q.openAll OR n3.audience IN $q.audiencesAll)
        AND (r3.level >= 4 OR n3.level >= 4)
      RETURN n3
    },
    EXISTS {
      MATCH (n0)-[r4:KNOWS]->(n4)
      WHERE (r4.level <= $q.openAll OR r4.audience IN $q.audiencesAll)
        AND (n4.level <= $q.openAll OR n4.audience IN $q.audiencesAll)
        AND (r4.level >= 4 OR n4.level >= 4)
      RETURN n4
    },
    EXISTS {
      MATCH (n0)-[r5:WORKS_WITH]->(n5)
      WHERE (r5.level <= $q.openAll OR r5.audience IN $q.audiencesAll)
        AND (n5.level <= $q.openAll OR n5.audience IN $q.audiencesAll)
        AND (r5.level >= 4 OR n5.level >= 4)
      RETURN n5
    },
    n0.level >= 4
  ]
}] AS data
