RETURN [
  COUNT {
    MATCH (n0:Person)
    WHERE (n0.marking <= $q.open OR n0.audience IN $q.audiences)
      AND EXISTS {
        MATCH (n0)-[r1:TRUSTS]->(n1)
        WHERE (r1.marking <= $q.open OR r1.audience IN $q.audiences)
          AND (n1.marking <= $q.open OR n1.audience IN $q.audiences)
          AND EXISTS {
            UNWIND r1.wave AS i2
            MATCH (n2:Fact {id: i2})
            WHERE (n2.marking <= $q.open OR n2.audience IN $q.audiences)
              AND n2:Wave
              AND (n2.sinceDay >= $q.p0)
          }
      }
  },
  COLLECT {
    MATCH (n3:Fact {id: $q.p2})
    WHERE (n3.marking <= $q.open OR n3.audience IN $q.audiences)
      AND n3:Person
    RETURN [
      COUNT {
        MATCH (n3)-[r4:TRUSTS]->(n4)
        WHERE (r4.marking <= $q.open OR r4.audience IN $q.audiences)
          AND (n4.marking <= $q.open OR n4.audience IN $q.audiences)
      },
      COUNT {
        MATCH (n3)-[r5:TRUSTS]->(n5)
        WHERE (r5.marking <= $q.open OR r5.audience IN $q.audiences)
          AND (n5.marking <= $q.open OR n5.audience IN $q.audiences)
          AND EXISTS {
            UNWIND r5.wave AS i6
            MATCH (n6:Fact {id: i6})
            WHERE (n6.marking <= $q.open OR n6.audience IN $q.audiences)
              AND n6:Wave
          }
      },
      COUNT {
        MATCH (n3)-[r7:TRUSTS]->(n7)
        WHERE (r7.marking <= $q.open OR r7.audience IN $q.audiences)
          AND (n7.marking <= $q.open OR n7.audience IN $q.audiences)
          AND NOT EXISTS {
            UNWIND r7.wave AS i8
            MATCH (n8:Fact {id: i8})
            WHERE (n8.marking <= $q.open OR n8.audience IN $q.audiences)
              AND n8:Wave
          }
      }
    ]
  },
  COUNT {
    MATCH (n9:Visit)
    WHERE (n9.marking <= $q.open OR n9.audience IN $q.audiences)
      AND EXISTS {
        UNWIND n9.sources AS i10
        MATCH (n10:Fact {id: i10})
        WHERE (n10.marking <= $q.open OR n10.audience IN $q.audiences)
          AND n10:Source
          AND (n10.title CONTAINS $q.p6)
      }
  },
  COUNT {
    MATCH (n11:Visit)
    WHERE (n11.marking <= $q.open OR n11.audience IN $q.audiences)
      AND NOT EXISTS {
        UNWIND n11.sources AS i12
        MATCH (n12:Fact {id: i12})
        WHERE (n12.marking <= $q.open OR n12.audience IN $q.audiences)
          AND n12:Source
      }
  },
  COUNT {
    MATCH (n13:Visit)
    WHERE (n13.marking <= $q.open OR n13.audience IN $q.audiences)
      AND (COUNT {
        UNWIND n13.sources AS i14
        MATCH (n14:Fact {id: i14})
        WHERE (n14.marking <= $q.open OR n14.audience IN $q.audiences)
          AND n14:Source
        RETURN DISTINCT n14
      } >= $q.p9)
  },
  COUNT {
    MATCH (n15:Lesson)
    WHERE (n15.marking <= $q.open OR n15.audience IN $q.audiences)
      AND NOT EXISTS {
        UNWIND n15.sources AS i16
        MATCH (n16:Fact {id: i16})
        WHERE (n16.marking <= $q.open OR n16.audience IN $q.audiences)
          AND n16:Source
          AND NOT coalesce((n16.publisher IS NULL) = $q.p11, false)
      }
  },
  COUNT {
    MATCH (n17:Organization)
    WHERE (n17.marking <= $q.open OR n17.audience IN $q.audiences)
      AND EXISTS {
        MATCH (n17)<-[r18:REPRESENTS]-(n18)
        WHERE (r18.marking <= $q.open OR r18.audience IN $q.audiences)
          AND (n18.marking <= $q.open OR n18.audience IN $q.audiences)
          AND EXISTS {
            UNWIND r18.council AS i19
            MATCH (n19:Fact {id: i19})
            WHERE (n19.marking <= $q.open OR n19.audience IN $q.audiences)
              AND n19:Council
              AND (n19.name STARTS WITH $q.p13)
          }
      }
  },
  COUNT {
    MATCH (n20:Visit)
    WHERE (n20.marking <= $q.open OR n20.audience IN $q.audiences)
      AND (n20.sinceDay IS NULL OR n20.sinceDay <= $q.p15)
      AND EXISTS {
        UNWIND n20.sources AS i21
        MATCH (n21:Fact {id: i21})
        WHERE (n21.marking <= $q.open OR n21.audience IN $q.audiences)
          AND (n21.sinceDay IS NULL OR n21.sinceDay <= $q.p15)
          AND n21:Source
          AND (n21.sinceDay < $q.p16)
      }
  }
] AS data
