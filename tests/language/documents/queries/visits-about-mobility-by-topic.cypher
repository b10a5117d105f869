RETURN [
  [COLLECT {
    MATCH (n0:Visit)
    WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
      AND (
        EXISTS {
          MATCH (n0)-[r1:ABOUT]->(n1:Topic)
          WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
            AND EXISTS {
              MATCH (n1) (
                ()-[r2:UNDER]->(n2)
                WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
              ){0,10} (n3)
              WHERE n3:Topic
                AND (n3.id = $q.p0)
            }
        }
        OR EXISTS {
          MATCH (n0)-[r4:ABOUT]->(n4:Practice)
          WHERE (r4.level <= $q.openAll OR r4.audience IN $q.audiencesAll)
            AND (n4.level <= $q.openAll OR n4.audience IN $q.audiencesAll)
            AND EXISTS {
              MATCH (n4) (
                ()-[r5:UNDER]->(n5)
                WHERE (r5.level <= $q.openAll OR r5.audience IN $q.audiencesAll)
              ){0,10} (n6)
              WHERE n6:Topic
                AND (n6.id = $q.p1)
            }
        }
      )
    OPTIONAL MATCH (n0)-[r7:ABOUT]->(n7:Topic)
    WHERE (r7.level <= $q.openAll OR r7.audience IN $q.audiencesAll)
    WITH DISTINCT n0, n7
    OPTIONAL MATCH (n0)-[r8:ABOUT]->(n8:Practice)
    WHERE (r8.level <= $q.openAll OR r8.audience IN $q.audiencesAll)
      AND (n8.level <= $q.openAll OR n8.audience IN $q.audiencesAll)
    WITH DISTINCT n0, n7, n8
    WITH n0, n7 AS n7, n8 AS n8
    WITH n7, n8, count(*) AS c0, [count(*)] AS v0
    ORDER BY c0 DESC, n7.id, n8.id
    LIMIT $q.p3
    RETURN [CASE WHEN n7 IS NOT NULL THEN [n7.name] END, CASE WHEN n8 IS NOT NULL THEN [n8.name] END] + v0
  }],
  EXISTS {
    MATCH (n0:Visit)
    WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
      AND (
        EXISTS {
          MATCH (n0)-[r1:ABOUT]->(n1:Topic)
          WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
            AND EXISTS {
              MATCH (n1) (
                ()-[r2:UNDER]->(n2)
                WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
              ){0,10} (n3)
              WHERE n3:Topic
                AND (n3.id = $q.p0)
            }
        }
        OR EXISTS {
          MATCH (n0)-[r4:ABOUT]->(n4:Practice)
          WHERE (r4.level <= $q.openAll OR r4.audience IN $q.audiencesAll)
            AND (n4.level <= $q.openAll OR n4.audience IN $q.audiencesAll)
            AND EXISTS {
              MATCH (n4) (
                ()-[r5:UNDER]->(n5)
                WHERE (r5.level <= $q.openAll OR r5.audience IN $q.audiencesAll)
              ){0,10} (n6)
              WHERE n6:Topic
                AND (n6.id = $q.p1)
            }
        }
      )
      AND (n0.level >= 4)
    RETURN n0
  },
  EXISTS {
    MATCH (n0:Visit)
    WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
      AND (
        EXISTS {
          MATCH (n0)-[r1:ABOUT]->(n1:Topic)
          WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
            AND EXISTS {
              MATCH (n1) (
                ()-[r2:UNDER]->(n2)
                WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
              ){0,10} (n3)
              WHERE n3:Topic
                AND (n3.id = $q.p0)
            }
        }
        OR EXISTS {
          MATCH (n0)-[r4:ABOUT]->(n4:Practice)
          WHERE (r4.level <= $q.openAll OR r4.audience IN $q.audiencesAll)
            AND (n4.level <= $q.openAll OR n4.audience IN $q.audiencesAll)
            AND EXISTS {
              MATCH (n4) (
                ()-[r5:UNDER]->(n5)
                WHERE (r5.level <= $q.openAll OR r5.audience IN $q.audiencesAll)
              ){0,10} (n6)
              WHERE n6:Topic
                AND (n6.id = $q.p1)
            }
        }
      )
    MATCH (n0)-[r7:ABOUT]->(n7:Topic)
    WHERE (r7.level <= $q.openAll OR r7.audience IN $q.audiencesAll)
      AND (r7.level >= 4)
    RETURN n7
  },
  EXISTS {
    MATCH (n0:Visit)
    WHERE (n0.level <= $q.openAll OR n0.audience IN $q.audiencesAll)
      AND (
        EXISTS {
          MATCH (n0)-[r1:ABOUT]->(n1:Topic)
          WHERE (r1.level <= $q.openAll OR r1.audience IN $q.audiencesAll)
            AND EXISTS {
              MATCH (n1) (
                ()-[r2:UNDER]->(n2)
                WHERE (r2.level <= $q.openAll OR r2.audience IN $q.audiencesAll)
              ){0,10} (n3)
              WHERE n3:Topic
                AND (n3.id = $q.p0)
            }
        }
        OR EXISTS {
          MATCH (n0)-[r4:ABOUT]->(n4:Practice)
          WHERE (r4.level <= $q.openAll OR r4.audience IN $q.audiencesAll)
            AND (n4.level <= $q.openAll OR n4.audience IN $q.audiencesAll)
            AND EXISTS {
              MATCH (n4) (
                ()-[r5:UNDER]->(n5)
                WHERE (r5.level <= $q.openAll OR r5.audience IN $q.audiencesAll)
              ){0,10} (n6)
              WHERE n6:Topic
                AND (n6.id = $q.p1)
            }
        }
      )
    MATCH (n0)-[r8:ABOUT]->(n8:Practice)
    WHERE (r8.level <= $q.openAll OR r8.audience IN $q.audiencesAll)
      AND (n8.level <= $q.openAll OR n8.audience IN $q.audiencesAll)
      AND (r8.level >= 4 OR n8.level >= 4)
    RETURN n8
  }
] AS data
