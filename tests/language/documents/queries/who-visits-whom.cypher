RETURN [
  [COLLECT {
    MATCH (n0:Visit)
    WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
      AND (n0.status = $q.p0)
    OPTIONAL MATCH (n0)-[r1:MADE_BY]->(n1)
    WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
      AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
    WITH DISTINCT n0, n1
    OPTIONAL MATCH (n0)-[r2:HOSTED_BY]->(n2)
    WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
      AND (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
    WITH DISTINCT n0, n1, n2
    WITH n0, n1 AS n1, n2 AS n2
    WITH n1, n2, count(*) AS c0, [count(*)] AS v0
    ORDER BY c0 DESC, n1.id, n2.id
    LIMIT $q.p2
    RETURN [CASE WHEN n1 IS NOT NULL THEN [n1.name] END, CASE WHEN n2 IS NOT NULL THEN [n2.name] END] + v0
  }],
  EXISTS {
    MATCH (n0:Visit)
    WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
      AND (n0.status = $q.p0)
      AND (n0.level >= 4)
    RETURN n0
  },
  EXISTS {
    MATCH (n0:Visit)
    WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
      AND (n0.status = $q.p0)
    MATCH (n0)-[r1:MADE_BY]->(n1)
    WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
      AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
      AND (r1.level >= 4 OR n1.level >= 4)
    RETURN n1
  },
  EXISTS {
    MATCH (n0:Visit)
    WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
      AND (n0.status = $q.p0)
    MATCH (n0)-[r2:HOSTED_BY]->(n2)
    WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
      AND (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
      AND (r2.level >= 4 OR n2.level >= 4)
    RETURN n2
  }
] AS data
