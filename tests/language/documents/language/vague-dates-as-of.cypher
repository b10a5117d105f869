RETURN [
  COLLECT {
    MATCH (n0:Project)
    WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
      AND (n0.sinceDay IS NULL OR n0.sinceDay <= $q.p0)
      AND (n0.untilDay IS NULL OR n0.untilDay > $q.p0)
      AND (n0.id IN coalesce($q.p1, []))
      AND n0.id IS NOT NULL
    WITH n0
    ORDER BY n0.id
    LIMIT $q.p2
    RETURN [n0.id, n0.level >= 4]
  },
  COLLECT {
    MATCH (n1:Project)
    WHERE (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
      AND (n1.sinceDay IS NULL OR n1.sinceDay <= $q.p3)
      AND (n1.untilDay IS NULL OR n1.untilDay > $q.p3)
      AND (n1.id IN coalesce($q.p4, []))
      AND n1.id IS NOT NULL
    WITH n1
    ORDER BY n1.id
    LIMIT $q.p5
    RETURN [n1.id, n1.level >= 4]
  },
  COLLECT {
    MATCH (n2:Project)
    WHERE (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
      AND (n2.sinceDay IS NULL OR n2.sinceDay <= $q.p6)
      AND (n2.untilDay IS NULL OR n2.untilDay > $q.p6)
      AND (n2.id IN coalesce($q.p7, []))
      AND n2.id IS NOT NULL
    WITH n2
    ORDER BY n2.id
    LIMIT $q.p8
    RETURN [n2.id, n2.level >= 4]
  },
  COLLECT {
    MATCH (n3:Project)
    WHERE (n3.level <= $q.openAll OR n3.audience IN $q.audiencesAll)
      AND (n3.sinceDay IS NULL OR n3.sinceDay <= $q.p9)
      AND (n3.untilDay IS NULL OR n3.untilDay > $q.p9)
      AND (n3.id IN coalesce($q.p10, []))
      AND n3.id IS NOT NULL
    WITH n3
    ORDER BY n3.id
    LIMIT $q.p11
    RETURN [n3.id, n3.level >= 4]
  },
  COUNT {
    MATCH (n4:Project)
    WHERE (n4.level <= $q.openAll OR n4.audience IN $q.audiencesAll)
      AND (n4.sinceDay IS NULL OR n4.sinceDay <= $q.p12)
      AND (n4.untilDay IS NULL OR n4.untilDay > $q.p12)
      AND (n4.id IN coalesce($q.p13, []))
  },
  COLLECT {
    MATCH (n5:Project)
    WHERE (n5.level <= $q.openAll OR n5.audience IN $q.audiencesAll)
      AND (n5.sinceDay IS NULL OR n5.sinceDay <= $q.p15)
      AND (n5.untilDay IS NULL OR n5.untilDay > $q.p15)
      AND (n5.id IN coalesce($q.p16, []))
      AND n5.id IS NOT NULL
    WITH n5
    ORDER BY n5.id
    LIMIT $q.p17
    RETURN [n5.id, n5.level >= 4]
  },
  COLLECT {
    MATCH (n6:Project)
    WHERE (n6.level <= $q.openAll OR n6.audience IN $q.audiencesAll)
      AND (n6.sinceDay IS NULL OR n6.sinceDay <= $q.p18)
      AND (n6.untilDay IS NULL OR n6.untilDay > $q.p18)
      AND (n6.id IN coalesce($q.p19, []))
      AND n6.id IS NOT NULL
    WITH n6
    ORDER BY n6.id
    LIMIT $q.p20
    RETURN [n6.id, n6.since, n6.until, n6.level >= 4]
  },
  COUNT {
    MATCH (n7:Project)
    WHERE (n7.level <= $q.openAll OR n7.audience IN $q.audiencesAll)
      AND (n7.sinceDay IS NULL OR n7.sinceDay <= $q.p21)
      AND (n7.untilDay IS NULL OR n7.untilDay > $q.p21)
      AND (n7.id IN coalesce($q.p22, []))
  },
  EXISTS {
    MATCH (n4:Project)
    WHERE (n4.level <= $q.openAll OR n4.audience IN $q.audiencesAll)
      AND (n4.sinceDay IS NULL OR n4.sinceDay <= $q.p12)
      AND (n4.untilDay IS NULL OR n4.untilDay > $q.p12)
      AND (n4.id IN coalesce($q.p13, []))
      AND (n4.level >= 4)
    RETURN n4
  },
  EXISTS {
    MATCH (n7:Project)
    WHERE (n7.level <= $q.openAll OR n7.audience IN $q.audiencesAll)
      AND (n7.sinceDay IS NULL OR n7.sinceDay <= $q.p21)
      AND (n7.untilDay IS NULL OR n7.untilDay > $q.p21)
      AND (n7.id IN coalesce($q.p22, []))
      AND (n7.level >= 4)
    RETURN n7
  }
] AS data
