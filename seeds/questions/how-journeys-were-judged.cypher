// Evaluations that were made from rows of chains.csv.
MATCH (evaluation:Evaluation)
WHERE any(row IN evaluation.rows WHERE row STARTS WITH 'chains.csv')
RETURN evaluation.judgement AS judgement, evaluation.since AS since, evaluation.judge AS judge,
       evaluation.evidence AS evidence
ORDER BY evaluation.sinceDay, evaluation.id
