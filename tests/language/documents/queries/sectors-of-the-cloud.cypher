RETURN [COLLECT {
  MATCH (n0:Roster)
  WHERE (n0.marking <= $q.open OR n0.audience IN $q.audiences)
    AND EXISTS {
      MATCH (n0)-[r1:OF_CITY]->(n1)
      WHERE (r1.marking <= $q.open OR r1.audience IN $q.audiences)
        AND (n1.id = $q.p0)
    }
    AND n0.id IS NOT NULL
  WITH n0
  ORDER BY n0.id
  LIMIT $q.p1
  WITH
    n0,
    [
      n0.name,
      head(COLLECT {
        MATCH (n0)<-[r2:LISTED_ON]-(n2)
        WHERE (r2.marking <= $q.open OR r2.audience IN $q.audiences)
          AND (n2.marking <= $q.open OR n2.audience IN $q.audiences)
        RETURN [count(*)]
      }) + [COLLECT {
        MATCH (n0)<-[r2:LISTED_ON]-(n2)
        WHERE (r2.marking <= $q.open OR r2.audience IN $q.audiences)
          AND (n2.marking <= $q.open OR n2.audience IN $q.audiences)
        WITH n2, r2, n2.sector AS g2_0
        WITH g2_0, count(*) AS c2, [count(*)] AS v2
        ORDER BY c2 DESC, g2_0
        LIMIT $q.p3
        RETURN [g2_0] + v2
      }]
    ] AS s0
  RETURN s0
}] AS data
