RETURN [COLLECT {
  MATCH (n0:Person)
  WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
    AND EXISTS {
      MATCH (n0)-[r1:LISTED_ON]->(n1)
      WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
        AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
        AND EXISTS {
          MATCH (n1)-[r2:OF_CITY]->(n2)
          WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
            AND (n2.name = $q.p0)
        }
    }
    AND EXISTS {
      MATCH (n0)<-[r3:TRUSTS]-(n3)
      WHERE (r3.level <= $q.openAll OR r3.audience IN $q.audiencesAll)
        AND (n3.level <= $q.openAll OR n3.audience IN $q.audiencesAll)
        AND (r3.strength >= $q.p1)
    }
  WITH
    n0,
    COUNT {
      MATCH (n0)<-[r4:TRUSTS]-(n4)
      WHERE (r4.level <= $q.openAll OR r4.audience IN $q.audiencesAll)
        AND (n4.level <= $q.openAll OR n4.audience IN $q.audiencesAll)
    } AS k0_0
  WITH n0, k0_0
  ORDER BY k0_0 DESC, n0.name, n0.id
  LIMIT $q.p2
  RETURN [
    n0.name,
    n0.sector,
    COUNT {
      MATCH (n0)<-[r5:TRUSTS]-(n5)
      WHERE (r5.level <= $q.openAll OR r5.audience IN $q.audiencesAll)
        AND (n5.level <= $q.openAll OR n5.audience IN $q.audiencesAll)
    },
    COUNT {
      MATCH (n0)<-[r6:TRUSTS]-(n6)
      WHERE (r6.level <= $q.openAll OR r6.audience IN $q.audiencesAll)
        AND (n6.level <= $q.openAll OR n6.audience IN $q.audiencesAll)
        AND EXISTS {
          UNWIND r6.wave AS i7
          MATCH (n7:Fact {id: i7})
          WHERE (n7.level <= $q.openAll OR n7.audience IN $q.audiencesAll)
            AND n7:Wave
            AND (n7.since = $q.p4)
        }
    },
    COUNT {
      MATCH (n0)<-[r8:TRUSTS]-(n8)
      WHERE (r8.level <= $q.openAll OR r8.audience IN $q.audiencesAll)
        AND (n8.level <= $q.openAll OR n8.audience IN $q.audiencesAll)
        AND EXISTS {
          UNWIND r8.wave AS i9
          MATCH (n9:Fact {id: i9})
          WHERE (n9.level <= $q.openAll OR n9.audience IN $q.audiencesAll)
            AND n9:Wave
            AND (n9.since = $q.p6)
        }
    },
    EXISTS {
      MATCH (n0)<-[r5:TRUSTS]-(n5)
      WHERE (r5.level <= $q.openAll OR r5.audience IN $q.audiencesAll)
        AND (n5.level <= $q.openAll OR n5.audience IN $q.audiencesAll)
        AND (r5.level >= 4 OR n5.level >= 4)
      RETURN n5
    },
    EXISTS {
      MATCH (n0)<-[r6:TRUSTS]-(n6)
      WHERE (r6.level <= $q.openAll OR r6.audience IN $q.audiencesAll)
        AND (n6.level <= $q.openAll OR n6.audience IN $q.audiencesAll)
        AND EXISTS {
          UNWIND r6.wave AS i7
          MATCH (n7:Fact {id: i7})
          WHERE (n7.level <= $q.openAll OR n7.audience IN $q.audiencesAll)
            AND n7:Wave
            AND (n7.since = $q.p4)
        }
        AND (r6.level >= 4 OR n6.level >= 4)
      RETURN n6
    },
    EXISTS {
      MATCH (n0)<-[r8:TRUSTS]-(n8)
      WHERE (r8.level <= $q.openAll OR r8.audience IN $q.audiencesAll)
        AND (n8.level <= $q.openAll OR n8.audience IN $q.audiencesAll)
        AND EXISTS {
          UNWIND r8.wave AS i9
          MATCH (n9:Fact {id: i9})
          WHERE (n9.level <= $q.openAll OR n9.audience IN $q.audiencesAll)
            AND n9:Wave
            AND (n9.since = $q.p6)
        }
        AND (r8.level >= 4 OR n8.level >= 4)
      RETURN n8
    },
    n0.level >= 4
  ]
}] AS data
