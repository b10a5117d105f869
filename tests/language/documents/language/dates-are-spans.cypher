RETURN [
  COUNT {
    MATCH (n0:Programme)
    WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
      AND (n0.untilDay > $q.p0)
  },
  COUNT {
    MATCH (n1:Programme)
    WHERE (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
      AND (n1.untilDay <= $q.p2)
  },
  COUNT {
    MATCH (n2:Programme)
    WHERE (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
      AND (n2.until = $q.p4)
      AND (n2.untilDay > $q.p5)
  },
  COUNT {
    MATCH (n3:Programme)
    WHERE (n3.level <= $q.openAll OR n3.audience IN $q.audiencesAll)
      AND (n3.until = $q.p7)
      AND (n3.untilDay <= $q.p8)
  },
  COUNT {
    MATCH (n4:Visit)
    WHERE (n4.level <= $q.openAll OR n4.audience IN $q.audiencesAll)
      AND (n4.sinceDay >= $q.p10)
      AND (n4.sinceDay <= $q.p11)
  },
  COUNT {
    MATCH (n5:Visit)
    WHERE (n5.level <= $q.openAll OR n5.audience IN $q.audiencesAll)
      AND (n5.sinceDay > $q.p13)
  },
  COUNT {
    MATCH (n6:Visit)
    WHERE (n6.level <= $q.openAll OR n6.audience IN $q.audiencesAll)
      AND (n6.sinceDay >= $q.p15)
      AND (n6.sinceDay <= $q.p16)
  },
  COUNT {
    MATCH (n7:Programme)
    WHERE (n7.level <= $q.openAll OR n7.audience IN $q.audiencesAll)
      AND (n7.untilDay >= $q.p18)
      AND (n7.untilDay <= $q.p19)
  },
  EXISTS {
    MATCH (n0:Programme)
    WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
      AND (n0.untilDay > $q.p0)
      AND (n0.level >= 4)
    RETURN n0
  },
  EXISTS {
    MATCH (n1:Programme)
    WHERE (n1.level <= $q.openAll OR n1.audience IN $q.audiencesAll)
      AND (n1.untilDay <= $q.p2)
      AND (n1.level >= 4)
    RETURN n1
  },
  EXISTS {
    MATCH (n2:Programme)
    WHERE (n2.level <= $q.openAll OR n2.audience IN $q.audiencesAll)
      AND (n2.until = $q.p4)
      AND (n2.untilDay > $q.p5)
      AND (n2.level >= 4)
    RETURN n2
  },
  EXISTS {
    MATCH (n3:Programme)
    WHERE (n3.level <= $q.openAll OR n3.audience IN $q.audiencesAll)
      AND (n3.until = $q.p7)
      AND (n3.untilDay <= $q.p8)
      AND (n3.level >= 4)
    RETURN n3
  },
  EXISTS {
    MATCH (n4:Visit)
    WHERE (n4.level <= $q.openAll OR n4.audience IN $q.audiencesAll)
      AND (n4.sinceDay >= $q.p10)
      AND (n4.sinceDay <= $q.p11)
      AND (n4.level >= 4)
    RETURN n4
  },
  EXISTS {
    MATCH (n5:Visit)
    WHERE (n5.level <= $q.openAll OR n5.audience IN $q.audiencesAll)
      AND (n5.sinceDay > $q.p13)
      AND (n5.level >= 4)
    RETURN n5
  },
  EXISTS {
    MATCH (n6:Visit)
    WHERE (n6.level <= $q.openAll OR n6.audience IN $q.audiencesAll)
      AND (n6.sinceDay >= $q.p15)
      AND (n6.sinceDay <= $q.p16)
      AND (n6.level >= 4)
    RETURN n6
  },
  EXISTS {
    MATCH (n7:Programme)
    WHERE (n7.level <= $q.openAll OR n7.audience IN $q.audiencesAll)
      AND (n7.untilDay >= $q.p18)
      AND (n7.untilDay <= $q.p19)
      AND (n7.level >= 4)
    RETURN n7
  }
] AS data
