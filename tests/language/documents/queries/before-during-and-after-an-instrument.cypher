RETURN [COLLECT {
  MATCH (n0:Fact {id: $q.p0})
  WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
    AND n0:PolicyInstrument
  RETURN [
    n0.name,
    n0.since,
    n0.until,
    COLLECT {
      MATCH (n0)<-[r1:RUNS]-(n1)
      WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
        AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
      WITH n1, r1
      ORDER BY n1.id, r1.id
      LIMIT $q.p1
      RETURN [
        head([l IN labels(n1) WHERE l <> 'Fact']),
        CASE
          WHEN n1:City THEN [
            n1.name,
            COUNT {
              MATCH (n1)<-[r2:MADE_BY]-(n2)
              WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
                AND (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
                AND (n2.status = $q.p2)
                AND (n2.confidence <> $q.p3)
                AND (n2.sinceDay < $q.p4)
            },
            COUNT {
              MATCH (n1)<-[r3:MADE_BY]-(n3)
              WHERE (r3.level <= $q.openAll OR r3.audience IN $q.audiencesAll)
                AND (n3.level <= $q.openAll OR n3.audience IN $q.audiencesAll)
                AND (n3.status = $q.p6)
                AND (n3.confidence <> $q.p7)
                AND (n3.sinceDay >= $q.p8)
                AND (n3.sinceDay < $q.p9)
            },
            COUNT {
              MATCH (n1)<-[r4:MADE_BY]-(n4)
              WHERE (r4.level <= $q.openAll OR r4.audience IN $q.audiencesAll)
                AND (n4.level <= $q.openAll OR n4.audience IN $q.audiencesAll)
                AND (n4.status = $q.p11)
                AND (n4.confidence <> $q.p12)
                AND (n4.sinceDay >= $q.p13)
            },
            COLLECT {
              MATCH (n1)<-[r5:OF_CITY]-(n5:Roster)
              WHERE (r5.level <= $q.openAll OR r5.audience IN $q.audiencesAll)
                AND (n5.level <= $q.openAll OR n5.audience IN $q.audiencesAll)
              WITH n5, r5
              ORDER BY n5.id
              LIMIT $q.p15
              RETURN [
                COLLECT {
                  MATCH (n5)<-[r6:LISTED_ON]-(n6)
                  WHERE (r6.level <= $q.openAll OR r6.audience IN $q.audiencesAll)
                    AND (n6.level <= $q.openAll OR n6.audience IN $q.audiencesAll)
                  WITH
                    n6,
                    r6,
                    COUNT {
                      MATCH (n6)<-[r7:TRUSTS]-(n7)
                      WHERE (r7.level <= $q.openAll OR r7.audience IN $q.audiencesAll)
                        AND (n7.level <= $q.openAll OR n7.audience IN $q.audiencesAll)
                    } AS k6_0
                  WITH n6, r6, k6_0
                  ORDER BY k6_0 DESC, n6.name, n6.id, r6.id
                  LIMIT $q.p16
                  RETURN [
                    n6.name,
                    COUNT {
                      MATCH (n6)<-[r8:TRUSTS]-(n8)
                      WHERE (r8.level <= $q.openAll OR r8.audience IN $q.audiencesAll)
                        AND (n8.level <= $q.openAll OR n8.audience IN $q.audiencesAll)
                        AND (r8.sinceDay < $q.p17)
                    },
                    COUNT {
                      MATCH (n6)<-[r9:TRUSTS]-(n9)
                      WHERE (r9.level <= $q.openAll OR r9.audience IN $q.audiencesAll)
                        AND (n9.level <= $q.openAll OR n9.audience IN $q.audiencesAll)
                        AND (r9.sinceDay >= $q.p19)
                        AND (r9.sinceDay < $q.p20)
                    },
                    COUNT {
                      MATCH (n6)<-[r10:TRUSTS]-(n10)
                      WHERE (r10.level <= $q.openAll OR r10.audience IN $q.audiencesAll)
                        AND (n10.level <= $q.openAll OR n10.audience IN $q.audiencesAll)
                        AND (r10.sinceDay >= $q.p22)
                    },
                    EXISTS {
                      MATCH (n6)<-[r8:TRUSTS]-(n8)
                      WHERE (r8.level <= $q.openAll OR r8.audience IN $q.audiencesAll)
                        AND (n8.level <= $q.openAll OR n8.audience IN $q.audiencesAll)
                        AND (r8.sinceDay < $q.p17)
                        AND (r8.level >= 4 OR n8.level >= 4)
                      RETURN n8
                    },
                    EXISTS {
                      MATCH (n6)<-[r9:TRUSTS]-(n9)
                      WHERE (r9.level <= $q.openAll OR r9.audience IN $q.audiencesAll)
                        AND (n9.level <= $q.openAll OR n9.audience IN $q.audiencesAll)
                        AND (r9.sinceDay >= $q.p19)
                        AND (r9.sinceDay < $q.p20)
                        AND (r9.level >= 4 OR n9.level >= 4)
                      RETURN n9
                    },
                    EXISTS {
                      MATCH (n6)<-[r10:TRUSTS]-(n10)
                      WHERE (r10.level <= $q.openAll OR r10.audience IN $q.audiencesAll)
                        AND (n10.level <= $q.openAll OR n10.audience IN $q.audiencesAll)
                        AND (r10.sinceDay >= $q.p22)
                        AND (r10.level >= 4 OR n10.level >= 4)
                      RETURN n10
                    },
                    r6.level >= 4 OR n6.level >= 4
                  ]
                },
                r5.level >= 4 OR n5.level >= 4
              ]
            },
            EXISTS {
              MATCH (n1)<-[r2:MADE_BY]-(n2)
              WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
                AND (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
                AND (n2.status = $q.p2)
                AND (n2.confidence <> $q.p3)
                AND (n2.sinceDay < $q.p4)
                AND (r2.level >= 4 OR n2.level >= 4)
              RETURN n2
            },
            EXISTS {
              MATCH (n1)<-[r3:MADE_BY]-(n3)
              WHERE (r3.level <= $q.openAll OR r3.audience IN $q.audiencesAll)
                AND (n3.level <= $q.openAll OR n3.audience IN $q.audiencesAll)
                AND (n3.status = $q.p6)
                AND (n3.confidence <> $q.p7)
                AND (n3.sinceDay >= $q.p8)
                AND (n3.sinceDay < $q.p9)
                AND (r3.level >= 4 OR n3.level >= 4)
              RETURN n3
            },
            EXISTS {
              MATCH (n1)<-[r4:MADE_BY]-(n4)
              WHERE (r4.level <= $q.openAll OR r4.audience IN $q.audiencesAll)
                AND (n4.level <= $q.openAll OR n4.audience IN $q.audiencesAll)
                AND (n4.status = $q.p11)
                AND (n4.confidence <> $q.p12)
                AND (n4.sinceDay >= $q.p13)
                AND (r4.level >= 4 OR n4.level >= 4)
              RETURN n4
            }
          ]
        END,
        r1.level >= 4 OR n1.level >= 4
      ]
    },
    n0.level >= 4
  ]
}] AS data
