RETURN [COLLECT {
  MATCH (n0:ProcurementRoute)
  WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
    AND ((n0.reformed IS NULL) = $q.p0)
    AND n0.id IS NOT NULL
  WITH n0
  ORDER BY n0.id
  LIMIT $q.p1
  RETURN [
    n0.name,
    n0.rule,
    n0.reform,
    n0.reformed,
    COLLECT {
      MATCH (n0)<-[r1:REMOVED_BY]-(n1)
      WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
        AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
      WITH n1, r1
      ORDER BY n1.id, r1.id
      LIMIT $q.p2
      RETURN [
        n1.statement,
        COLLECT {
          MATCH (n1)-[r2:BLOCKS]->(n2)
          WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
            AND (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
          WITH n2, r2
          ORDER BY n2.id, r2.id
          LIMIT $q.p3
          RETURN [n2.name, r2.level >= 4 OR n2.level >= 4]
        },
        r1.level >= 4 OR n1.level >= 4
      ]
    },
    n0.level >= 4
  ]
}] AS data
