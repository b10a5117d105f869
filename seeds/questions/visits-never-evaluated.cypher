// Visits with objectives and without any evaluation.
MATCH (city:City)<-[:MADE_BY]-(visit:Visit {status: 'HELD'})-[:PURSUED]->(objective:Objective)
WHERE city.id IN ['city/us-wa-seattle', 'city/us-tx-san-antonio', 'city/us-tx-austin']
  AND visit.level <= 2 AND objective.level <= 2
  AND NOT EXISTS { (visit)<-[:JUDGES]-(evaluation:Evaluation) WHERE evaluation.level <= 2 }
RETURN visit.title AS title, visit.since AS since, objective.statement AS statement, objective.kind AS kind,
       visit.confidence AS confidence
ORDER BY visit.sinceDay, objective.id
