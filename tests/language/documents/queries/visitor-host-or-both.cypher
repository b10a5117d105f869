RETURN [COLLECT {
  MATCH (n0:City)
  WHERE EXISTS {
    MATCH (n0)<-[r1:MADE_BY]-(n1)
    WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
      AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
      AND (n1.status = $q.p0)
      AND (n1.confidence <> $q.p1)
  }
  WITH
    n0,
    COUNT {
      MATCH (n0)<-[r2:MADE_BY]-(n2)
      WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
        AND (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
    } AS k0_0,
    COUNT {
      MATCH (n0)<-[r3:HOSTED_BY]-(n3)
      WHERE (r3.level <= $q.openAll OR r3.audience IN $q.audiencesAll)
        AND (n3.level <= $q.openAll OR n3.audience IN $q.audiencesAll)
    } AS k0_1
  WITH n0, k0_0, k0_1
  ORDER BY k0_0 DESC, k0_1 DESC, n0.name, n0.id
  LIMIT $q.p2
  RETURN [
    n0.name,
    COUNT {
      MATCH (n0)<-[r4:MADE_BY]-(n4)
      WHERE (r4.level <= $q.openAll OR r4.audience IN $q.audiencesAll)
        AND (n4.level <= $q.openAll OR n4.audience IN $q.audiencesAll)
        AND (n4.status = $q.p3)
        AND (n4.confidence <> $q.p4)
    },
    COUNT {
      MATCH (n0)<-[r5:HOSTED_BY]-(n5)
      WHERE (r5.level <= $q.openAll OR r5.audience IN $q.audiencesAll)
        AND (n5.level <= $q.openAll OR n5.audience IN $q.audiencesAll)
        AND (n5.status = $q.p6)
        AND (n5.confidence <> $q.p7)
    },
    EXISTS {
      MATCH (n0)<-[r4:MADE_BY]-(n4)
      WHERE (r4.level <= $q.openAll OR r4.audience IN $q.audiencesAll)
        AND (n4.level <= $q.openAll OR n4.audience IN $q.audiencesAll)
        AND (n4.status = $q.p3)
        AND (n4.confidence <> $q.p4)
        AND (r4.level >= 4 OR n4.level >= 4)
      RETURN n4
    },
    EXISTS {
      MATCH (n0)<-[r5:HOSTED_BY]-(n5)
      WHERE (r5.level <= $q.openAll OR r5.audience IN $q.audiencesAll)
        AND (n5.level <= $q.openAll OR n5.audience IN $q.audiencesAll)
        AND (n5.status = $q.p6)
        AND (n5.confidence <> $q.p7)
        AND (r5.level >= 4 OR n5.level >= 4)
      RETURN n5
    }
  ]
}] AS data
