RETURN [COLLECT {
  MATCH (n0:Office)
  WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
    AND EXISTS {
      MATCH (n0)-[r1:OFFICE_OF]->(n1)
      WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
        AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
        AND (n1.id = $q.p0)
    }
    AND EXISTS {
      MATCH (n0)<-[r2:HOLDS]-(n2)
      WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
        AND (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
    }
    AND n0.name IS NOT NULL
    AND n0.id IS NOT NULL
  WITH n0
  ORDER BY n0.name, n0.id
  LIMIT $q.p1
  RETURN [
    n0.name,
    COLLECT {
      MATCH (n0)<-[r3:HOLDS]-(n3)
      WHERE (r3.level <= $q.openAll OR r3.audience IN $q.audiencesAll)
        AND (n3.level <= $q.openAll OR n3.audience IN $q.audiencesAll)
      WITH n3, r3
      ORDER BY r3.sinceDay, r3.id
      LIMIT $q.p2
      RETURN [
        r3.since,
        r3.until,
        n3.name,
        n3.sector,
        COUNT {
          MATCH (n3)<-[r4:TRUSTS]-(n4)
          WHERE (r4.level <= $q.openAll OR r4.audience IN $q.audiencesAll)
            AND (n4.level <= $q.openAll OR n4.audience IN $q.audiencesAll)
            AND EXISTS {
              UNWIND r4.wave AS i5
              MATCH (n5:Fact {id: i5})
              WHERE (n5.level <= $q.openAll OR n5.audience IN $q.audiencesAll)
                AND n5:Wave
                AND (n5.since = $q.p3)
            }
        },
        COUNT {
          MATCH (n3)-[r6:TRUSTS]->(n6)
          WHERE (r6.level <= $q.openAll OR r6.audience IN $q.audiencesAll)
            AND (n6.level <= $q.openAll OR n6.audience IN $q.audiencesAll)
            AND EXISTS {
              UNWIND r6.wave AS i7
              MATCH (n7:Fact {id: i7})
              WHERE (n7.level <= $q.openAll OR n7.audience IN $q.audiencesAll)
                AND n7:Wave
                AND (n7.since = $q.p5)
            }
        },
        EXISTS {
          MATCH (n3)<-[r4:TRUSTS]-(n4)
          WHERE (r4.level <= $q.openAll OR r4.audience IN $q.audiencesAll)
            AND (n4.level <= $q.openAll OR n4.audience IN $q.audiencesAll)
            AND EXISTS {
              UNWIND r4.wave AS i5
              MATCH (n5:Fact {id: i5})
              WHERE (n5.level <= $q.openAll OR n5.audience IN $q.audiencesAll)
                AND n5:Wave
                AND (n5.since = $q.p3)
            }
            AND (r4.level >= 4 OR n4.level >= 4)
          RETURN n4
        },
        EXISTS {
          MATCH (n3)-[r6:TRUSTS]->(n6)
          WHERE (r6.level <= $q.openAll OR r6.audience IN $q.audiencesAll)
            AND (n6.level <= $q.openAll OR n6.audience IN $q.audiencesAll)
            AND EXISTS {
              UNWIND r6.wave AS i7
              MATCH (n7:Fact {id: i7})
              WHERE (n7.level <= $q.openAll OR n7.audience IN $q.audiencesAll)
                AND n7:Wave
                AND (n7.since = $q.p5)
            }
            AND (r6.level >= 4 OR n6.level >= 4)
          RETURN n6
        },
        r3.level >= 4 OR n3.level >= 4
      ]
    },
    n0.level >= 4
  ]
}] AS data
