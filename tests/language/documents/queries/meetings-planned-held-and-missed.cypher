RETURN [COLLECT {
  MATCH (n0:Fact {id: $q.p0})
  WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
    AND n0:Council
  RETURN [
    n0.name,
    n0.rhythm,
    COUNT {
      MATCH (n0)<-[r1:OF_COUNCIL]-(n1)
      WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
        AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
        AND (n1.status = $q.p1)
    },
    COUNT {
      MATCH (n0)<-[r2:OF_COUNCIL]-(n2)
      WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
        AND (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
        AND (n2.status = $q.p3)
    },
    COUNT {
      MATCH (n0)<-[r3:OF_COUNCIL]-(n3)
      WHERE (r3.level <= $q.openAll OR r3.audience IN $q.audiencesAll)
        AND (n3.level <= $q.openAll OR n3.audience IN $q.audiencesAll)
        AND (n3.status = $q.p5)
    },
    COLLECT {
      MATCH (n0)<-[r4:OF_COUNCIL]-(n4)
      WHERE (r4.level <= $q.openAll OR r4.audience IN $q.audiencesAll)
        AND (n4.level <= $q.openAll OR n4.audience IN $q.audiencesAll)
      WITH n4, r4
      ORDER BY n4.sinceDay, n4.id
      LIMIT $q.p7
      RETURN [
        n4.since,
        n4.status,
        COUNT {
          MATCH (n4)<-[r5:ATTENDED]-(n5)
          WHERE (r5.level <= $q.openAll OR r5.audience IN $q.audiencesAll)
            AND (n5.level <= $q.openAll OR n5.audience IN $q.audiencesAll)
            AND (head([l IN labels(n5) WHERE l <> 'Fact']) = $q.p8)
        },
        COLLECT {
          MATCH (n4)<-[r6:TAKEN_AT]-(n6)
          WHERE (r6.level <= $q.openAll OR r6.audience IN $q.audiencesAll)
            AND (n6.level <= $q.openAll OR n6.audience IN $q.audiencesAll)
          WITH n6, r6
          ORDER BY n6.id
          LIMIT $q.p10
          RETURN [n6.subject, n6.agreement, r6.level >= 4 OR n6.level >= 4]
        },
        EXISTS {
          MATCH (n4)<-[r5:ATTENDED]-(n5)
          WHERE (r5.level <= $q.openAll OR r5.audience IN $q.audiencesAll)
            AND (n5.level <= $q.openAll OR n5.audience IN $q.audiencesAll)
            AND (head([l IN labels(n5) WHERE l <> 'Fact']) = $q.p8)
            AND (r5.level >= 4 OR n5.level >= 4)
          RETURN n5
        },
        r4.level >= 4 OR n4.level >= 4
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
    EXISTS {
      MATCH (n0)<-[r2:OF_COUNCIL]-(n2)
      WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
        AND (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
        AND (n2.status = $q.p3)
        AND (r2.level >= 4 OR n2.level >= 4)
      RETURN n2
    },
    EXISTS {
      MATCH (n0)<-[r3:OF_COUNCIL]-(n3)
      WHERE (r3.level <= $q.openAll OR r3.audience IN $q.audiencesAll)
        AND (n3.level <= $q.openAll OR n3.audience IN $q.audiencesAll)
        AND (n3.status = $q.p5)
        AND (r3.level >= 4 OR n3.level >= 4)
      RETURN n3
    },
    n0.level >= 4
  ]
}] AS data
