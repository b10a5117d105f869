RETURN [
  COUNT {
    MATCH (n0:Adoption)
    WHERE n0.level <= $q.open
      AND EXISTS {
        MATCH (n0)-[r1:USES]->(n1)
        WHERE r1.level <= $q.open
          AND n1.level <= $q.open
          AND (n1.id = $q.p0)
      }
      AND (any(x IN n0.rows WHERE x STARTS WITH $q.p1))
  },
  COUNT {
    MATCH (n2:Adoption)
    WHERE n2.level <= $q.open
      AND (n2.sinceDay IS NULL OR n2.sinceDay <= $q.p3)
      AND (n2.untilDay IS NULL OR n2.untilDay > $q.p3)
      AND EXISTS {
        MATCH (n2)-[r3:USES]->(n3)
        WHERE r3.level <= $q.open
          AND n3.level <= $q.open
          AND (r3.sinceDay IS NULL OR r3.sinceDay <= $q.p3)
          AND (r3.untilDay IS NULL OR r3.untilDay > $q.p3)
          AND (n3.sinceDay IS NULL OR n3.sinceDay <= $q.p3)
          AND (n3.untilDay IS NULL OR n3.untilDay > $q.p3)
          AND (n3.id = $q.p4)
      }
      AND (any(x IN n2.rows WHERE x STARTS WITH $q.p5))
      AND ((n2.since IS NULL) = $q.p6)
  },
  COUNT {
    MATCH (n4:Adoption)
    WHERE n4.level <= $q.open
      AND (n4.sinceDay IS NULL OR n4.sinceDay <= $q.p8)
      AND (n4.untilDay IS NULL OR n4.untilDay > $q.p8)
      AND EXISTS {
        MATCH (n4)-[r5:USES]->(n5)
        WHERE r5.level <= $q.open
          AND n5.level <= $q.open
          AND (r5.sinceDay IS NULL OR r5.sinceDay <= $q.p8)
          AND (r5.untilDay IS NULL OR r5.untilDay > $q.p8)
          AND (n5.sinceDay IS NULL OR n5.sinceDay <= $q.p8)
          AND (n5.untilDay IS NULL OR n5.untilDay > $q.p8)
          AND (n5.id = $q.p9)
      }
      AND (any(x IN n4.rows WHERE x STARTS WITH $q.p10))
      AND ((n4.since IS NULL) = $q.p11)
  },
  COUNT {
    MATCH (n6:Adoption)
    WHERE n6.level <= $q.open
      AND (n6.sinceDay IS NULL OR n6.sinceDay <= $q.p13)
      AND (n6.untilDay IS NULL OR n6.untilDay > $q.p13)
      AND EXISTS {
        MATCH (n6)-[r7:USES]->(n7)
        WHERE r7.level <= $q.open
          AND n7.level <= $q.open
          AND (r7.sinceDay IS NULL OR r7.sinceDay <= $q.p13)
          AND (r7.untilDay IS NULL OR r7.untilDay > $q.p13)
          AND (n7.sinceDay IS NULL OR n7.sinceDay <= $q.p13)
          AND (n7.untilDay IS NULL OR n7.untilDay > $q.p13)
          AND (n7.id = $q.p14)
      }
      AND (any(x IN n6.rows WHERE x STARTS WITH $q.p15))
      AND ((n6.since IS NULL) = $q.p16)
  },
  COUNT {
    MATCH (n8:Adoption)
    WHERE n8.level <= $q.open
      AND EXISTS {
        MATCH (n8)-[r9:USES]->(n9)
        WHERE r9.level <= $q.open
          AND n9.level <= $q.open
          AND (n9.id = $q.p18)
      }
      AND (any(x IN n8.rows WHERE x STARTS WITH $q.p19))
      AND ((n8.since IS NULL) = $q.p20)
  },
  COLLECT {
    MATCH (n8:Adoption)
    WHERE n8.level <= $q.open
      AND EXISTS {
        MATCH (n8)-[r9:USES]->(n9)
        WHERE r9.level <= $q.open
          AND n9.level <= $q.open
          AND (n9.id = $q.p18)
      }
      AND (any(x IN n8.rows WHERE x STARTS WITH $q.p19))
      AND ((n8.since IS NULL) = $q.p20)
      AND n8.id IS NOT NULL
    WITH n8
    ORDER BY n8.id
    LIMIT $q.p21
    RETURN [head(COLLECT {
      MATCH (n8)<-[r10:MADE]-(n10)
      WHERE r10.level <= $q.open
      WITH n10
      ORDER BY n10.id
      LIMIT 1
      RETURN [n10.name]
    })]
  },
  COUNT {
    MATCH (n11:Adoption)
    WHERE n11.level <= $q.open
      AND EXISTS {
        MATCH (n11)-[r12:USES]->(n12)
        WHERE r12.level <= $q.open
          AND n12.level <= $q.open
          AND (n12.id = $q.p22)
      }
      AND (any(x IN n11.rows WHERE x STARTS WITH $q.p23))
      AND EXISTS {
        MATCH (n11)-[r13:DREW_ON]->(n13)
        WHERE r13.level <= $q.open
          AND n13.level <= $q.open
          AND EXISTS {
            MATCH (n13)-[r14:FROM]->(n14)
            WHERE r14.level <= $q.open
          }
      }
  },
  COUNT {
    MATCH (n15:Adoption)
    WHERE n15.level <= $q.open
      AND EXISTS {
        MATCH (n15)-[r16:USES]->(n16)
        WHERE r16.level <= $q.open
          AND n16.level <= $q.open
          AND (n16.id = $q.p25)
      }
      AND (any(x IN n15.rows WHERE x STARTS WITH $q.p26))
      AND EXISTS {
        MATCH (n15)-[r17:DREW_ON]->(n17)
        WHERE r17.level <= $q.open
          AND n17.level <= $q.open
          AND EXISTS {
            MATCH (n17)-[r18:FROM]->(n18)
            WHERE r18.level <= $q.open
              AND (n18.id = $q.p27)
          }
      }
  },
  COLLECT {
    MATCH (n15:Adoption)
    WHERE n15.level <= $q.open
      AND EXISTS {
        MATCH (n15)-[r16:USES]->(n16)
        WHERE r16.level <= $q.open
          AND n16.level <= $q.open
          AND (n16.id = $q.p25)
      }
      AND (any(x IN n15.rows WHERE x STARTS WITH $q.p26))
      AND EXISTS {
        MATCH (n15)-[r17:DREW_ON]->(n17)
        WHERE r17.level <= $q.open
          AND n17.level <= $q.open
          AND EXISTS {
            MATCH (n17)-[r18:FROM]->(n18)
            WHERE r18.level <= $q.open
              AND (n18.id = $q.p27)
          }
      }
    WITH
      n15,
      head(COLLECT {
        MATCH (n15)<-[r19:MADE]-(n19)
        WHERE r19.level <= $q.open
        WITH n19
        ORDER BY n19.id
        LIMIT 1
        RETURN n19.name
      }) AS k15_0
    WITH n15, k15_0
    ORDER BY k15_0, n15.id
    LIMIT $q.p28
    RETURN [
      head(COLLECT {
        MATCH (n15)<-[r20:MADE]-(n20)
        WHERE r20.level <= $q.open
        WITH n20
        ORDER BY n20.id
        LIMIT 1
        RETURN [n20.name]
      }),
      n15.since
    ]
  },
  COUNT {
    MATCH (n21:Adoption)
    WHERE n21.level <= $q.open
      AND (n21.sinceDay IS NULL OR n21.sinceDay <= $q.p29)
      AND (n21.untilDay IS NULL OR n21.untilDay > $q.p29)
      AND EXISTS {
        MATCH (n21)-[r22:USES]->(n22)
        WHERE r22.level <= $q.open
          AND n22.level <= $q.open
          AND (r22.sinceDay IS NULL OR r22.sinceDay <= $q.p29)
          AND (r22.untilDay IS NULL OR r22.untilDay > $q.p29)
          AND (n22.sinceDay IS NULL OR n22.sinceDay <= $q.p29)
          AND (n22.untilDay IS NULL OR n22.untilDay > $q.p29)
          AND (n22.id = $q.p30)
      }
      AND (any(x IN n21.rows WHERE x STARTS WITH $q.p31))
  }
] AS data
