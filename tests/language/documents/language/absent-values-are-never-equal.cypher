RETURN [
  COLLECT {
    MATCH (n0:Organization)
    WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
      AND (n0.id IN coalesce($q.p0, []))
      AND (n0.kind <> $q.p1)
      AND n0.id IS NOT NULL
    WITH n0
    ORDER BY n0.id
    LIMIT $q.p2
    RETURN [n0.id, n0.kind, n0.level >= 4]
  },
  COLLECT {
    MATCH (n1:Organization)
    WHERE (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
      AND (n1.id IN coalesce($q.p3, []))
      AND (n1.kind IS NOT NULL AND NOT n1.kind IN $q.p4)
      AND n1.id IS NOT NULL
    WITH n1
    ORDER BY n1.id
    LIMIT $q.p5
    RETURN [n1.id, n1.level >= 4]
  },
  COLLECT {
    MATCH (n2:Organization)
    WHERE (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
      AND (n2.id IN coalesce($q.p6, []))
      AND NOT coalesce(n2.kind = $q.p7, false)
      AND n2.id IS NOT NULL
    WITH n2
    ORDER BY n2.id
    LIMIT $q.p8
    RETURN [n2.id, n2.level >= 4]
  },
  COLLECT {
    MATCH (n3:Organization)
    WHERE (n3.level <= $q.openAll OR n3.audience IN $q.audiencesAll)
      AND (n3.id IN coalesce($q.p9, []))
      AND ((n3.kind IS NULL) = $q.p10)
      AND n3.id IS NOT NULL
    WITH n3
    ORDER BY n3.id
    LIMIT $q.p11
    RETURN [n3.id, n3.level >= 4]
  }
] AS data
