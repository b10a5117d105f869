RETURN [
  COLLECT {
    MATCH (n0:Fact {id: $q.p1})
    WHERE n0.level <= $q.open
      AND (n0.sinceDay IS NULL OR n0.sinceDay <= $q.p0)
      AND (n0.untilDay IS NULL OR n0.untilDay > $q.p0)
      AND n0:Council
    RETURN [
      n0.name,
      n0.rhythm,
      [
        COUNT {
          MATCH (n0)<-[r1:SITS_ON]-(n1)
          WHERE r1.level <= $q.open
            AND n1.level <= $q.open
            AND (r1.sinceDay IS NULL OR r1.sinceDay <= $q.p0)
            AND (r1.untilDay IS NULL OR r1.untilDay > $q.p0)
            AND (n1.sinceDay IS NULL OR n1.sinceDay <= $q.p0)
            AND (n1.untilDay IS NULL OR n1.untilDay > $q.p0)
            AND r1.sinceLastDay <= $q.p0
            AND (r1.untilFirstDay >= $q.p0 OR r1.lastConfirmedDay >= $q.p0)
            AND (
              (n1.since IS NULL AND n1.until IS NULL AND n1.lastConfirmed IS NULL)
              OR (n1.sinceLastDay <= $q.p0 AND (n1.untilFirstDay >= $q.p0 OR n1.lastConfirmedDay >= $q.p0))
            )
          RETURN DISTINCT n1
        },
        COUNT {
          MATCH (n0)<-[r2:SITS_ON]-(n2)
          WHERE r2.level <= $q.open
            AND n2.level <= $q.open
            AND (r2.sinceDay IS NULL OR r2.sinceDay <= $q.p0)
            AND (r2.untilDay IS NULL OR r2.untilDay > $q.p0)
            AND (n2.sinceDay IS NULL OR n2.sinceDay <= $q.p0)
            AND (n2.untilDay IS NULL OR n2.untilDay > $q.p0)
          RETURN DISTINCT n2
        },
        head(COLLECT {
          MATCH (n0)<-[r3:SIZE_OF]-(n3)
          WHERE r3.level <= $q.open
            AND n3.level <= $q.open
            AND (r3.sinceDay IS NULL OR r3.sinceDay <= $q.p0)
            AND (n3.sinceDay IS NULL OR n3.sinceDay <= $q.p0)
            AND n3.sinceLastDay <= $q.p0
            AND n3.value IS NOT NULL
          WITH DISTINCT n3
          ORDER BY n3.sinceLastDay DESC, n3.value DESC
          LIMIT 1
          RETURN n3.value
        })
      ],
      COUNT {
        MATCH (n0)<-[r4:SITS_ON]-(n4)
        WHERE r4.level <= $q.open
          AND n4.level <= $q.open
          AND (r4.sinceDay IS NULL OR r4.sinceDay <= $q.p0)
          AND (r4.untilDay IS NULL OR r4.untilDay > $q.p0)
          AND (n4.sinceDay IS NULL OR n4.sinceDay <= $q.p0)
          AND (n4.untilDay IS NULL OR n4.untilDay > $q.p0)
      },
      COUNT {
        MATCH (n0)<-[r4:SITS_ON]-(n4)
        WHERE r4.level <= $q.open
          AND n4.level <= $q.open
          AND (r4.sinceDay IS NULL OR r4.sinceDay <= $q.p0)
          AND (r4.untilDay IS NULL OR r4.untilDay > $q.p0)
          AND (n4.sinceDay IS NULL OR n4.sinceDay <= $q.p0)
          AND (n4.untilDay IS NULL OR n4.untilDay > $q.p0)
          AND r4.sinceLastDay <= $q.p0
          AND (r4.untilFirstDay >= $q.p0 OR r4.lastConfirmedDay >= $q.p0)
          AND (
            (n4.since IS NULL AND n4.until IS NULL AND n4.lastConfirmed IS NULL)
            OR (n4.sinceLastDay <= $q.p0 AND (n4.untilFirstDay >= $q.p0 OR n4.lastConfirmedDay >= $q.p0))
          )
      }
    ]
  },
  COLLECT {
    MATCH (n5:Fact {id: $q.p4})
    WHERE n5.level <= $q.open
      AND (n5.sinceDay IS NULL OR n5.sinceDay <= $q.p3)
      AND (n5.untilDay IS NULL OR n5.untilDay > $q.p3)
      AND n5:Council
    RETURN [
      [
        COUNT {
          MATCH (n5)<-[r6:SITS_ON]-(n6)
          WHERE r6.level <= $q.open
            AND n6.level <= $q.open
            AND (r6.sinceDay IS NULL OR r6.sinceDay <= $q.p3)
            AND (r6.untilDay IS NULL OR r6.untilDay > $q.p3)
            AND (n6.sinceDay IS NULL OR n6.sinceDay <= $q.p3)
            AND (n6.untilDay IS NULL OR n6.untilDay > $q.p3)
            AND r6.sinceLastDay <= $q.p3
            AND (r6.untilFirstDay >= $q.p3 OR r6.lastConfirmedDay >= $q.p3)
            AND (
              (n6.since IS NULL AND n6.until IS NULL AND n6.lastConfirmed IS NULL)
              OR (n6.sinceLastDay <= $q.p3 AND (n6.untilFirstDay >= $q.p3 OR n6.lastConfirmedDay >= $q.p3))
            )
          RETURN DISTINCT n6
        },
        COUNT {
          MATCH (n5)<-[r7:SITS_ON]-(n7)
          WHERE r7.level <= $q.open
            AND n7.level <= $q.open
            AND (r7.sinceDay IS NULL OR r7.sinceDay <= $q.p3)
            AND (r7.untilDay IS NULL OR r7.untilDay > $q.p3)
            AND (n7.sinceDay IS NULL OR n7.sinceDay <= $q.p3)
            AND (n7.untilDay IS NULL OR n7.untilDay > $q.p3)
          RETURN DISTINCT n7
        },
        head(COLLECT {
          MATCH (n5)<-[r8:SIZE_OF]-(n8)
          WHERE r8.level <= $q.open
            AND n8.level <= $q.open
            AND (r8.sinceDay IS NULL OR r8.sinceDay <= $q.p3)
            AND (n8.sinceDay IS NULL OR n8.sinceDay <= $q.p3)
            AND n8.sinceLastDay <= $q.p3
            AND n8.value IS NOT NULL
          WITH DISTINCT n8
          ORDER BY n8.sinceLastDay DESC, n8.value DESC
          LIMIT 1
          RETURN n8.value
        })
      ],
      COUNT {
        MATCH (n5)<-[r9:SITS_ON]-(n9)
        WHERE r9.level <= $q.open
          AND n9.level <= $q.open
          AND (r9.sinceDay IS NULL OR r9.sinceDay <= $q.p3)
          AND (r9.untilDay IS NULL OR r9.untilDay > $q.p3)
          AND (n9.sinceDay IS NULL OR n9.sinceDay <= $q.p3)
          AND (n9.untilDay IS NULL OR n9.untilDay > $q.p3)
      },
      COUNT {
        MATCH (n5)<-[r9:SITS_ON]-(n9)
        WHERE r9.level <= $q.open
          AND n9.level <= $q.open
          AND (r9.sinceDay IS NULL OR r9.sinceDay <= $q.p3)
          AND (r9.untilDay IS NULL OR r9.untilDay > $q.p3)
          AND (n9.sinceDay IS NULL OR n9.sinceDay <= $q.p3)
          AND (n9.untilDay IS NULL OR n9.untilDay > $q.p3)
          AND r9.sinceLastDay <= $q.p3
          AND (r9.untilFirstDay >= $q.p3 OR r9.lastConfirmedDay >= $q.p3)
          AND (
            (n9.since IS NULL AND n9.until IS NULL AND n9.lastConfirmed IS NULL)
            OR (n9.sinceLastDay <= $q.p3 AND (n9.untilFirstDay >= $q.p3 OR n9.lastConfirmedDay >= $q.p3))
          )
      },
      COLLECT {
        MATCH (n5)<-[r9:SITS_ON]-(n9)
        WHERE r9.level <= $q.open
          AND n9.level <= $q.open
          AND (r9.sinceDay IS NULL OR r9.sinceDay <= $q.p3)
          AND (r9.untilDay IS NULL OR r9.untilDay > $q.p3)
          AND (n9.sinceDay IS NULL OR n9.sinceDay <= $q.p3)
          AND (n9.untilDay IS NULL OR n9.untilDay > $q.p3)
        WITH n9, r9
        ORDER BY n9.id, r9.id
        LIMIT $q.p5
        RETURN [n9.name]
      },
      COLLECT {
        MATCH (n5)<-[r10:SIZE_OF]-(n10)
        WHERE r10.level <= $q.open
          AND n10.level <= $q.open
          AND (r10.sinceDay IS NULL OR r10.sinceDay <= $q.p3)
          AND (n10.sinceDay IS NULL OR n10.sinceDay <= $q.p3)
        WITH n10, r10
        ORDER BY n10.id
        LIMIT $q.p6
        RETURN [
          n10.value,
          n10.since,
          n10.confidence,
          COLLECT {
            UNWIND n10.sources AS i11
            MATCH (n11:Fact {id: i11})
            WHERE n11.level <= $q.open
              AND (n11.sinceDay IS NULL OR n11.sinceDay <= $q.p3)
              AND n11:Source
            WITH DISTINCT n11
            ORDER BY n11.id
            LIMIT 100
            RETURN [n11.title]
          }
        ]
      }
    ]
  }
] AS data
