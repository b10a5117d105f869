// Evaluations against a stated aim; made-up facts and confidential ones are left out.
MATCH (evaluation:Evaluation)-[:AGAINST]->(aim:Objective)
WHERE evaluation.level = 0 AND aim.level = 0
MATCH (evaluation)-[:JUDGES]->(judged)
RETURN evaluation.judgement AS judgement, evaluation.since AS since, evaluation.judge AS judge,
       evaluation.evidence AS evidence, aim.statement AS aim, judged.title AS visit, judged.name AS programme,
       judged.localName AS localName
