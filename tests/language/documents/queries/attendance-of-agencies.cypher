RETURN [COLLECT {
  MATCH (n0:Fact {id: $q.p0})
  WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
    AND n0:Council
  RETURN [
    COUNT {
      MATCH (n0)<-[r1:OF_COUNCIL]-(n1)
      WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
        AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
        AND (n1.status = $q.p1)
    },
    COLLECT {
      MATCH (n0)<-[r2:SITS_ON]-(n2)
      WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
        AND (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
      WITH
        n2,
        r2,
        COUNT {
          MATCH (n2)-[r3:ATTENDED]->(n3)
          WHERE (r3.level <= $q.openAll OR r3.audience IN $q.audiencesAll)
            AND (n3.level <= $q.openAll OR n3.audience IN $q.audiencesAll)
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
          WHERE (r4.level <= $q.openAll OR r4.audience IN $q.audiencesAll)
            AND (n4.level <= $q.openAll OR n4.audience IN $q.audiencesAll)
            AND EXISTS {
              MATCH (n4)-[r5:OF_COUNCIL]->(n5)
              WHERE (r5.level <= $q.openAll OR r5.audience IN $q.audiencesAll)
                AND (n5.level <= $q.openAll OR n5.audience IN $q.audiencesAll)
                AND (n5.id = $q.p4)
            }
        },
        EXISTS {
          MATCH (n2)-[r4:ATTENDED]->(n4)
          WHERE (r4.level <= $q.openAll OR r4.audience IN $q.audiencesAll)
            AND (n4.level <= $q.openAll OR n4.audience IN $q.audiencesAll)
            AND EXISTS {
              MATCH (n4)-[r5:OF_COUNCIL]->(n5)
              WHERE (r5.level <= $q.openAll OR r5.audience IN $q.audiencesAll)
                AND (n5.level <= $q.openAll OR n5.audience IN $q.audiencesAll)
                AND (n5.id = $q.p4)
            }
            AND (r4.level >= 4 OR n4.level >= 4)
          RETURN n4
        },
        r2.level >= 4 OR n2.level >= 4
      ]
    },
    EXISTS {
      MATCH (n0)<-[r1:OF_COUNCIL]-(n1)
      WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
        AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
        AND (n1.status = $q.p1)
        AND (r1.level >= 4 OR n1.level >= 4)
      RETURN n1
    },
    n0.level >= 4
  ]
}] AS data
