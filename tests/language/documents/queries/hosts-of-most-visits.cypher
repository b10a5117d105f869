RETURN [COLLECT {
  MATCH (n0:City)
  WITH
    n0,
    COUNT {
      MATCH (n0)<-[r1:HOSTED_BY]-(n1)
      WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
        AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
    } AS k0_0
  WITH n0, k0_0
  ORDER BY k0_0 DESC, n0.name, n0.id
  LIMIT $q.p0
  RETURN [
    n0.name,
    COUNT {
      MATCH (n0)<-[r2:HOSTED_BY]-(n2)
      WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
        AND (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
    },
    COLLECT {
      MATCH (n0)<-[r2:HOSTED_BY]-(n2)
      WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
        AND (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
      WITH n2, r2
      ORDER BY n2.sinceDay DESC, n2.id DESC, r2.id DESC
      LIMIT $q.p1
      RETURN [n2.title, n2.since, r2.level >= 4 OR n2.level >= 4]
    },
    EXISTS {
      MATCH (n0)<-[r2:HOSTED_BY]-(n2)
      WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
        AND (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
        AND (r2.level >= 4 OR n2.level >= 4)
      RETURN n2
    }
  ]
}] AS data
