RETURN [COLLECT {
  MATCH (n0:Fact {id: $q.p0})
  WHERE n0:City
  RETURN [
    n0.name,
    COUNT {
      MATCH (n0)<-[r1:MADE_BY]-(n1)
      WHERE r1.level <= $q.open
        AND n1.level <= $q.open
        AND (n1.kind = $q.p1)
        AND ((n1.since IS NULL) = $q.p2)
    },
    COLLECT {
      MATCH (n0)<-[r1:MADE_BY]-(n1)
      WHERE r1.level <= $q.open
        AND n1.level <= $q.open
        AND (n1.kind = $q.p1)
        AND ((n1.since IS NULL) = $q.p2)
      WITH n1, r1
      ORDER BY n1.sinceDay IS NULL, n1.sinceDay DESC, n1.id DESC, r1.id DESC
      LIMIT $q.p3
      RETURN [
        n1.title,
        n1.since,
        n1.status,
        COLLECT {
          MATCH (n1)-[r2:HOSTED_BY]->(n2)
          WHERE r2.level <= $q.open
            AND n2.level <= $q.open
          WITH n2, r2
          ORDER BY n2.id, r2.id
          LIMIT $q.p4
          RETURN [
            r2.asNamed,
            head([l IN labels(n2) WHERE l <> 'Fact']),
            CASE WHEN n2:City|Country|Region THEN [n2.name] END
          ]
        },
        COLLECT {
          UNWIND n1.sources AS i3
          MATCH (n3:Fact {id: i3})
          WHERE n3.level <= $q.open
            AND n3:Source
          WITH DISTINCT n3
          ORDER BY n3.id
          LIMIT 100
          RETURN [n3.title, n3.url]
        }
      ]
    }
  ]
}] AS data
