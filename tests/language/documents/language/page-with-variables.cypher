RETURN [
  COUNT {
    MATCH (n0:City)
    WHERE (n0.population >= $q.p0)
  },
  COLLECT {
    WITH COLLECT {
      MATCH (n0:City)
      WHERE (n0.population >= $q.p0)
        AND n0.population IS NOT NULL
        AND n0.id IS NOT NULL
      WITH n0
      ORDER BY n0.population DESC, n0.id DESC
      LIMIT $q.p1
      RETURN [n0.name, n0.population, [n0.location.latitude, n0.location.longitude], n0.population, n0.id]
    } AS a0
    CALL (a0) {
      UNWIND CASE WHEN size(a0) < $q.p1 THEN [0] ELSE [] END AS g0
      CALL (g0) {
        MATCH (n0:City)
        WHERE (n0.population >= $q.p0)
          AND n0.population IS NULL
          AND n0.id IS NOT NULL
        WITH n0
        ORDER BY n0.id DESC
        LIMIT $q.p1
        RETURN [n0.name, n0.population, [n0.location.latitude, n0.location.longitude], n0.population, n0.id] AS s0
      }
      RETURN collect(s0) AS b0
    }
    WITH a0 + b0 AS a0
    UNWIND a0 AS r0
    WITH r0
    LIMIT $q.p1
    RETURN r0
  }
] AS data
