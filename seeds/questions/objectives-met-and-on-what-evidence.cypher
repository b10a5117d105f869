// Visits judged against objectives that were stated before.
MATCH (objective:Objective)<-[:AGAINST]-(evaluation:Evaluation)-[:JUDGES]->(visit:Visit)
WHERE evaluation.marking = 0 AND objective.marking = 0
RETURN evaluation.judgement AS judgement, evaluation.since AS judged, evaluation.judge AS judge,
       evaluation.evidence AS evidence, objective.statement AS objective, objective.since AS stated,
       visit.title AS title, visit.since AS travelled
ORDER BY evaluation.sinceDay, evaluation.id
