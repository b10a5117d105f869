RETURN [COLLECT {
  MATCH (n0:Fact {id: $q.p0})
  WHERE (n0.marking <= $q.open OR n0.audience IN $q.audiences)
    AND n0:PolicyInstrument
  RETURN [
    n0.name,
    n0.since,
    n0.until,
    COLLECT {
      MATCH (n0)<-[r1:RUNS]-(n1)
      WHERE (r1.marking <= $q.open OR r1.audience IN $q.audiences)
        AND (n1.marking <= $q.open OR n1.audience IN $q.audiences)
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
              WHERE (r2.marking <= $q.open OR r2.audience IN $q.audiences)
                AND (n2.marking <= $q.open OR n2.audience IN $q.audiences)
                AND (n2.status = $q.p2)
                AND (n2.confidence <> $q.p3)
                AND (n2.sinceDay < $q.p4)
            },
            COUNT {
              MATCH (n1)<-[r3:MADE_BY]-(n3)
              WHERE (r3.marking <= $q.open OR r3.audience IN $q.audiences)
                AND (n3.marking <= $q.open OR n3.audience IN $q.audiences)
                AND (n3.status = $q.p6)
                AND (n3.confidence <> $q.p7)
                AND (n3.sinceDay >= $q.p8)
                AND (n3.sinceDay < $q.p9)
            },
            COUNT {
              MATCH (n1)<-[r4:MADE_BY]-(n4)
              WHERE (r4.marking <= $q.open OR r4.audience IN $q.audiences)
                AND (n4.marking <= $q.open OR n4.audience IN $q.audiences)
                AND (n4.status = $q.p11)
                AND (n4.confidence <> $q.p12)
                AND (n4.sinceDay >= $q.p13)
            },
            COLLECT {
              MATCH (n1)<-[r5:OF_CITY]-(n5:Roster)
              WHERE (r5.marking <= $q.open OR r5.audience IN $q.audiences)
                AND (n5.marking <= $q.open OR n5.audience IN $q.audiences)
              WITH n5, r5
              ORDER BY n5.id
              LIMIT $q.p15
              RETURN [COLLECT {
                MATCH (n5)<-[r6:LISTED_ON]-(n6)
                WHERE (r6.marking <= $q.open OR r6.audience IN $q.audiences)
                  AND (n6.marking <= $q.open OR n6.audience IN $q.audiences)
                WITH
                  n6,
                  r6,
                  COUNT {
                    MATCH (n6)<-[r7:TRUSTS]-(n7)
                    WHERE (r7.marking <= $q.open OR r7.audience IN $q.audiences)
                      AND (n7.marking <= $q.open OR n7.audience IN $q.audiences)
                  } AS k6_0
                WITH n6, r6, k6_0
                ORDER BY k6_0 DESC, n6.name, n6.id, r6.id
                LIMIT $q.p16
                RETURN [
                  n6.name,
                  COUNT {
                    MATCH (n6)<-[r8:TRUSTS]-(n8)
                    WHERE (r8.marking <= $q.open OR r8.audience IN $q.audiences)
                      AND (n8.marking <= $q.open OR n8.audience IN $q.audiences)
                      AND (r8.sinceDay < $q.p17)
                  },
                  COUNT {
                    MATCH (n6)<-[r9:TRUSTS]-(n9)
                    WHERE (r9.marking <= $q.open OR r9.audience IN $q.audiences)
                      AND (n9.marking <= $q.open OR n9.audience IN $q.audiences)
                      AND (r9.sinceDay >= $q.p19)
                      AND (r9.sinceDay < $q.p20)
                  },
                  COUNT {
                    MATCH (n6)<-[r10:TRUSTS]-(n10)
                    WHERE (r10.marking <= $q.open OR r10.audience IN $q.audiences)
                      AND (n10.marking <= $q.open OR n10.audience IN $q.audiences)
                      AND (r10.sinceDay >= $q.p22)
                  }
                ]
              }]
            }
          ]
        END
      ]
    }
  ]
}] AS data
