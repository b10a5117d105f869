RETURN [COLLECT {
  MATCH (n0:Person)
  WHERE (n0.marking <= $q.open OR n0.audience IN $q.audiences)
    AND EXISTS {
      MATCH (n0)-[r1:LISTED_ON]->(n1)
      WHERE (r1.marking <= $q.open OR r1.audience IN $q.audiences)
        AND (n1.marking <= $q.open OR n1.audience IN $q.audiences)
        AND EXISTS {
          MATCH (n1)-[r2:OF_CITY]->(n2)
          WHERE (r2.marking <= $q.open OR r2.audience IN $q.audiences)
            AND (n2.name = $q.p0)
        }
    }
    AND EXISTS {
      MATCH (n0)<-[r3:TRUSTS]-(n3)
      WHERE (r3.marking <= $q.open OR r3.audience IN $q.audiences)
        AND (n3.marking <= $q.open OR n3.audience IN $q.audiences)
        AND (r3.strength >= $q.p1)
    }
  WITH
    n0,
    COUNT {
      MATCH (n0)<-[r4:TRUSTS]-(n4)
      WHERE (r4.marking <= $q.open OR r4.audience IN $q.audiences)
        AND (n4.marking <= $q.open OR n4.audience IN $q.audiences)
    } AS k0_0
  WITH n0, k0_0
  ORDER BY k0_0 DESC, n0.name, n0.id
  LIMIT $q.p2
  RETURN [
    n0.name,
    n0.sector,
    COUNT {
      MATCH (n0)<-[r5:TRUSTS]-(n5)
      WHERE (r5.marking <= $q.open OR r5.audience IN $q.audiences)
        AND (n5.marking <= $q.open OR n5.audience IN $q.audiences)
    },
    COUNT {
      MATCH (n0)<-[r6:TRUSTS]-(n6)
      WHERE (r6.marking <= $q.open OR r6.audience IN $q.audiences)
        AND (n6.marking <= $q.open OR n6.audience IN $q.audiences)
        AND EXISTS {
          UNWIND r6.wave AS i7
          MATCH (n7:Fact {id: i7})
          WHERE (n7.marking <= $q.open OR n7.audience IN $q.audiences)
            AND n7:Wave
            AND (n7.since = $q.p4)
        }
    },
    COUNT {
      MATCH (n0)<-[r8:TRUSTS]-(n8)
      WHERE (r8.marking <= $q.open OR r8.audience IN $q.audiences)
        AND (n8.marking <= $q.open OR n8.audience IN $q.audiences)
        AND EXISTS {
          UNWIND r8.wave AS i9
          MATCH (n9:Fact {id: i9})
          WHERE (n9.marking <= $q.open OR n9.audience IN $q.audiences)
            AND n9:Wave
            AND (n9.since = $q.p6)
        }
    }
  ]
}] AS data
