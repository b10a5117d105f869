RETURN [
  head(COLLECT {
    MATCH (n0:Fact {id: $q.p0})
    WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
    MATCH (n1:Fact {id: $q.p1})
    WHERE (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
    MATCH w2 = ALL SHORTEST (n0) (
      ()-[r2:KNOWS|WORKS_WITH]-(n2)
      WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
        AND (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
    ){0,6} (n1)
    WHERE length(w2) <= $q.p2
    WITH w2
    ORDER BY [x IN nodes(w2) | x.id], [x IN relationships(w2) | x.id]
    LIMIT 1
    RETURN [
      length(w2),
      COLLECT {
        UNWIND nodes(w2) AS n2
        RETURN [n2.level >= 4]
      },
      COLLECT {
        UNWIND relationships(w2) AS r2
        RETURN [type(r2), r2.marking, r2.level >= 4]
      }
    ]
  }),
  head(COLLECT {
    MATCH (n3:Fact {id: $q.p3})
    WHERE (n3.level <= $q.openAll OR n3.audience IN $q.audiencesAll)
    MATCH (n4:Fact {id: $q.p4})
    WHERE (n4.level <= $q.openAll OR n4.audience IN $q.audiencesAll)
    MATCH w5 = ALL SHORTEST (n3) (
      ()-[r5:WORKS_WITH]-(n5)
      WHERE (r5.level <= $q.openAll OR r5.audience IN $q.audiencesAll)
        AND (n5.level <= $q.openAll OR n5.audience IN $q.audiencesAll)
    ){0,6} (n4)
    WHERE length(w5) <= $q.p5
    WITH w5
    ORDER BY [x IN nodes(w5) | x.id], [x IN relationships(w5) | x.id]
    LIMIT 1
    RETURN [
      length(w5),
      COLLECT {
        UNWIND nodes(w5) AS n5
        RETURN [head([l IN labels(n5) WHERE l <> 'Fact']), n5.id, n5.level >= 4]
      },
      COLLECT {
        UNWIND relationships(w5) AS r5
        RETURN [r5.level >= 4]
      }
    ]
  })
] AS data
