RETURN [COLLECT {
  MATCH (n0:Fact {id: $q.p0})
  WHERE n0:City
  RETURN [COLLECT {
    MATCH (n0)<-[r1:RAISED_IN]-(n1)
    WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
      AND (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
    WITH n1, r1
    ORDER BY n1.sinceDay, n1.id, r1.id
    LIMIT $q.p1
    RETURN [
      n1.statement,
      n1.raisedBy,
      n1.status,
      COLLECT {
        MATCH (n1)<-[r2:SOLVES]-(n2)
        WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
          AND (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
        WITH n2, r2
        ORDER BY n2.id, r2.id
        LIMIT $q.p2
        RETURN [
          n2.name,
          n2.valueStatement,
          COLLECT {
            MATCH (n2)<-[r3:TAKEN_ON]-(n3)
            WHERE (r3.level <= $q.openAll OR r3.audience IN $q.audiencesAll)
              AND (n3.level <= $q.openAll OR n3.audience IN $q.audiencesAll)
            WITH n3, r3
            ORDER BY n3.sinceDay, n3.id, r3.id
            LIMIT $q.p3
            RETURN [
              n3.role,
              n3.since,
              n3.value,
              head(COLLECT {
                MATCH (n3)-[r4:OF_METRIC]->(n4)
                WHERE (r4.level <= $q.openAll OR r4.audience IN $q.audiencesAll)
                  AND (n4.level <= $q.openAll OR n4.audience IN $q.audiencesAll)
                WITH n4, r4
                ORDER BY n4.id, r4.id
                LIMIT 1
                RETURN [n4.name, r4.level >= 4 OR n4.level >= 4]
              }),
              r3.level >= 4 OR n3.level >= 4
            ]
          },
          r2.level >= 4 OR n2.level >= 4
        ]
      },
      r1.level >= 4 OR n1.level >= 4
    ]
  }]
}] AS data
