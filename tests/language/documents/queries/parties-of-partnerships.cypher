RETURN [COLLECT {
  MATCH (n0:Partnership)
  WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
    AND n0.name IS NOT NULL
    AND n0.id IS NOT NULL
  WITH n0
  ORDER BY n0.name, n0.id
  LIMIT $q.p0
  RETURN [
    n0.name,
    n0.status,
    n0.value,
    COUNT {
      MATCH (n0)<-[r1:BLOCKS]-(n1)
      WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
        AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
    },
    COUNT {
      MATCH (n0)<-[r2:PARTNERS_IN]-(n2)
      WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
        AND (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
    },
    COLLECT {
      MATCH (n0)<-[r2:PARTNERS_IN]-(n2)
      WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
        AND (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
      WITH n2, r2
      ORDER BY n2.name, n2.id, r2.id
      LIMIT $q.p2
      RETURN [
        head([l IN labels(n2) WHERE l <> 'Fact']),
        CASE
          WHEN n2:City|Person|Council THEN [head([l IN labels(n2) WHERE l <> 'Fact']), n2.name]
          WHEN n2:Organization THEN [n2.name, n2.kind]
        END,
        r2.level >= 4 OR n2.level >= 4
      ]
    },
    EXISTS {
      MATCH (n0)<-[r1:BLOCKS]-(n1)
      WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
        AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
        AND (r1.level >= 4 OR n1.level >= 4)
      RETURN n1
    },
    EXISTS {
      MATCH (n0)<-[r2:PARTNERS_IN]-(n2)
      WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
        AND (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
        AND (r2.level >= 4 OR n2.level >= 4)
      RETURN n2
    },
    n0.level >= 4
  ]
}] AS data
