RETURN [
  COUNT {
    MATCH (n0:Person)
    WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
      AND EXISTS {
        MATCH (n0)-[r1:TRUSTS]->(n1)
        WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
          AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
          AND EXISTS {
            UNWIND r1.wave AS i2
            MATCH (n2:Fact {id: i2})
            WHERE (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
              AND n2:Wave
              AND (n2.sinceDay >= $q.p0)
          }
      }
  },
  COLLECT {
    MATCH (n3:Fact {id: $q.p2})
    WHERE (n3.level <= $q.openAll OR n3.audience IN $q.audiencesAll)
      AND n3:Person
    RETURN [
      COUNT {
        MATCH (n3)-[r4:TRUSTS]->(n4)
        WHERE (r4.level <= $q.openAll OR r4.audience IN $q.audiencesAll)
          AND (n4.level <= $q.openAll OR n4.audience IN $q.audiencesAll)
      },
      COUNT {
        MATCH (n3)-[r5:TRUSTS]->(n5)
        WHERE (r5.level <= $q.openAll OR r5.audience IN $q.audiencesAll)
          AND (n5.level <= $q.openAll OR n5.audience IN $q.audiencesAll)
          AND EXISTS {
            UNWIND r5.wave AS i6
            MATCH (n6:Fact {id: i6})
            WHERE (n6.level <= $q.openAll OR n6.audience IN $q.audiencesAll)
              AND n6:Wave
          }
      },
      COUNT {
        MATCH (n3)-[r7:TRUSTS]->(n7)
        WHERE (r7.level <= $q.openAll OR r7.audience IN $q.audiencesAll)
          AND (n7.level <= $q.openAll OR n7.audience IN $q.audiencesAll)
          AND NOT EXISTS {
            UNWIND r7.wave AS i8
            MATCH (n8:Fact {id: i8})
            WHERE (n8.level <= $q.openAll OR n8.audience IN $q.audiencesAll)
              AND n8:Wave
          }
      },
      EXISTS {
        MATCH (n3)-[r4:TRUSTS]->(n4)
        WHERE (r4.level <= $q.openAll OR r4.audience IN $q.audiencesAll)
          AND (n4.level <= $q.openAll OR n4.audience IN $q.audiencesAll)
          AND (r4.level >= 4 OR n4.level >= 4)
        RETURN n4
      },
      EXISTS {
        MATCH (n3)-[r5:TRUSTS]->(n5)
        WHERE (r5.level <= $q.openAll OR r5.audience IN $q.audiencesAll)
          AND (n5.level <= $q.openAll OR n5.audience IN $q.audiencesAll)
          AND EXISTS {
            UNWIND r5.wave AS i6
            MATCH (n6:Fact {id: i6})
            WHERE (n6.level <= $q.openAll OR n6.audience IN $q.audiencesAll)
              AND n6:Wave
          }
          AND (r5.level >= 4 OR n5.level >= 4)
        RETURN n5
      },
      EXISTS {
        MATCH (n3)-[r7:TRUSTS]->(n7)
        WHERE (r7.level <= $q.openAll OR r7.audience IN $q.audiencesAll)
          AND (n7.level <= $q.openAll OR n7.audience IN $q.audiencesAll)
          AND NOT EXISTS {
            UNWIND r7.wave AS i8
            MATCH (n8:Fact {id: i8})
            WHERE (n8.level <= $q.openAll OR n8.audience IN $q.audiencesAll)
              AND n8:Wave
          }
          AND (r7.level >= 4 OR n7.level >= 4)
        RETURN n7
      },
      n3.level >= 4
    ]
  },
  COUNT {
    MATCH (n9:Visit)
    WHERE (n9.level <= $q.openAll OR n9.audience IN $q.audiencesAll)
      AND EXISTS {
        UNWIND n9.sources AS i10
        MATCH (n10:Fact {id: i10})
        WHERE (n10.level <= $q.openAll OR n10.audience IN $q.audiencesAll)
          AND n10:Source
          AND (n10.title CONTAINS $q.p6)
      }
  },
  COUNT {
    MATCH (n11:Visit)
    WHERE (n11.level <= $q.openAll OR n11.audience IN $q.audiencesAll)
      AND NOT EXISTS {
        UNWIND n11.sources AS i12
        MATCH (n12:Fact {id: i12})
        WHERE (n12.level <= $q.openAll OR n12.audience IN $q.audiencesAll)
          AND n12:Source
      }
  },
  COUNT {
    MATCH (n13:Visit)
    WHERE (n13.level <= $q.openAll OR n13.audience IN $q.audiencesAll)
      AND (COUNT {
        UNWIND n13.sources AS i14
        MATCH (n14:Fact {id: i14})
        WHERE (n14.level <= $q.openAll OR n14.audience IN $q.audiencesAll)
          AND n14:Source
        RETURN DISTINCT n14
      } >= $q.p9)
  },
  COUNT {
    MATCH (n15:Lesson)
    WHERE (n15.level <= $q.openAll OR n15.audience IN $q.audiencesAll)
      AND NOT EXISTS {
        UNWIND n15.sources AS i16
        MATCH (n16:Fact {id: i16})
        WHERE (n16.level <= $q.openAll OR n16.audience IN $q.audiencesAll)
          AND n16:Source
          AND NOT coalesce((n16.publisher IS NULL) = $q.p11, false)
      }
  },
  COUNT {
    MATCH (n17:Organization)
    WHERE (n17.level <= $q.openAll OR n17.audience IN $q.audiencesAll)
      AND EXISTS {
        MATCH (n17)<-[r18:REPRESENTS]-(n18)
        WHERE (r18.level <= $q.openAll OR r18.audience IN $q.audiencesAll)
          AND (n18.level <= $q.openAll OR n18.audience IN $q.audiencesAll)
          AND EXISTS {
            UNWIND r18.council AS i19
            MATCH (n19:Fact {id: i19})
            WHERE (n19.level <= $q.openAll OR n19.audience IN $q.audiencesAll)
              AND n19:Council
              AND (n19.name STARTS WITH $q.p13)
          }
      }
  },
  COUNT {
    MATCH (n20:Visit)
    WHERE (n20.level <= $q.openAll OR n20.audience IN $q.audiencesAll)
      AND (n20.sinceDay IS NULL OR n20.sinceDay <= $q.p15)
      AND EXISTS {
        UNWIND n20.sources AS i21
        MATCH (n21:Fact {id: i21})
        WHERE (n21.level <= $q.openAll OR n21.audience IN $q.audiencesAll)
          AND (n21.sinceDay IS NULL OR n21.sinceDay <= $q.p15)
          AND n21:Source
          AND (n21.sinceDay < $q.p16)
      }
  },
  EXISTS {
    MATCH (n0:Person)
    WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
      AND EXISTS {
        MATCH (n0)-[r1:TRUSTS]->(n1)
        WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
          AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
          AND EXISTS {
            UNWIND r1.wave AS i2
            MATCH (n2:Fact {id: i2})
            WHERE (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
              AND n2:Wave
              AND (n2.sinceDay >= $q.p0)
          }
      }
      AND (n0.level >= 4)
    RETURN n0
  },
  EXISTS {
    MATCH (n9:Visit)
    WHERE (n9.level <= $q.openAll OR n9.audience IN $q.audiencesAll)
      AND EXISTS {
        UNWIND n9.sources AS i10
        MATCH (n10:Fact {id: i10})
        WHERE (n10.level <= $q.openAll OR n10.audience IN $q.audiencesAll)
          AND n10:Source
          AND (n10.title CONTAINS $q.p6)
      }
      AND (n9.level >= 4)
    RETURN n9
  },
  EXISTS {
    MATCH (n11:Visit)
    WHERE (n11.level <= $q.openAll OR n11.audience IN $q.audiencesAll)
      AND NOT EXISTS {
        UNWIND n11.sources AS i12
        MATCH (n12:Fact {id: i12})
        WHERE (n12.level <= $q.openAll OR n12.audience IN $q.audiencesAll)
          AND n12:Source
      }
      AND (n11.level >= 4)
    RETURN n11
  },
  EXISTS {
    MATCH (n13:Visit)
    WHERE (n13.level <= $q.openAll OR n13.audience IN $q.audiencesAll)
      AND (COUNT {
        UNWIND n13.sources AS i14
        MATCH (n14:Fact {id: i14})
        WHERE (n14.level <= $q.openAll OR n14.audience IN $q.audiencesAll)
          AND n14:Source
        RETURN DISTINCT n14
      } >= $q.p9)
      AND (n13.level >= 4)
    RETURN n13
  },
  EXISTS {
    MATCH (n15:Lesson)
    WHERE (n15.level <= $q.openAll OR n15.audience IN $q.audiencesAll)
      AND NOT EXISTS {
        UNWIND n15.sources AS i16
        MATCH (n16:Fact {id: i16})
        WHERE (n16.level <= $q.openAll OR n16.audience IN $q.audiencesAll)
          AND n16:Source
          AND NOT coalesce((n16.publisher IS NULL) = $q.p11, false)
      }
      AND (n15.level >= 4)
    RETURN n15
  },
  EXISTS {
    MATCH (n17:Organization)
    WHERE (n17.level <= $q.openAll OR n17.audience IN $q.audiencesAll)
      AND EXISTS {
        MATCH (n17)<-[r18:REPRESENTS]-(n18)
        WHERE (r18.level <= $q.openAll OR r18.audience IN $q.audiencesAll)
          AND (n18.level <= $q.openAll OR n18.audience IN $q.audiencesAll)
          AND EXISTS {
            UNWIND r18.council AS i19
            MATCH (n19:Fact {id: i19})
            WHERE (n19.level <= $q.openAll OR n19.audience IN $q.audiencesAll)
              AND n19:Council
              AND (n19.name STARTS WITH $q.p13)
          }
      }
      AND (n17.level >= 4)
    RETURN n17
  },
  EXISTS {
    MATCH (n20:Visit)
    WHERE (n20.level <= $q.openAll OR n20.audience IN $q.audiencesAll)
      AND (n20.sinceDay IS NULL OR n20.sinceDay <= $q.p15)
      AND EXISTS {
        UNWIND n20.sources AS i21
        MATCH (n21:Fact {id: i21})
        WHERE (n21.level <= $q.openAll OR n21.audience IN $q.audiencesAll)
          AND (n21.sinceDay IS NULL OR n21.sinceDay <= $q.p15)
          AND n21:Source
          AND (n21.sinceDay < $q.p16)
      }
      AND (n20.level >= 4)
    RETURN n20
  }
] AS data
