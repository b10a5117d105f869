RETURN [COLLECT {
  MATCH (n0:City)
  WHERE EXISTS {
    MATCH (n0)<-[r1:MADE_BY]-(n1)
    WHERE r1.level <= $q.open
      AND n1.level <= $q.open
      AND (n1.status = $q.p0)
  }
  WITH
    n0,
    COUNT {
      MATCH (n0)<-[r2:MADE_BY]-(n2)
      WHERE r2.level <= $q.open
        AND n2.level <= $q.open
    } AS k0_0,
    COUNT {
      MATCH (n0)<-[r3:HOSTED_BY]-(n3)
      WHERE r3.level <= $q.open
        AND n3.level <= $q.open
    } AS k0_1
  WITH n0, k0_0, k0_1
  ORDER BY k0_0 DESC, k0_1 DESC, n0.name, n0.id
  LIMIT $q.p1
  RETURN [
    n0.name,
    COUNT {
      MATCH (n0)<-[r4:MADE_BY]-(n4)
      WHERE r4.level <= $q.open
        AND n4.level <= $q.open
        AND (n4.status = $q.p2)
    },
    COUNT {
      MATCH (n0)<-[r5:HOSTED_BY]-(n5)
      WHERE r5.level <= $q.open
        AND n5.level <= $q.open
        AND (n5.status = $q.p4)
    }
  ]
}] AS data
