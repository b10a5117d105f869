// How innovation plans say that experimenting differs from business as usual, and what was tried under each.
MATCH (plan:InnovationPlan)
  WHERE plan.marking = 0
OPTIONAL MATCH (plan)-[:OF_ORGANIZATION]->(organization:Organization)
OPTIONAL MATCH (experiment:Experiment)-[:UNDER_PLAN]->(plan)
OPTIONAL MATCH (experiment)-[:TRIES]->(tried)
RETURN plan.name, organization.name, plan.difference, plan.steps, plan.rules,
       experiment.since, experiment.until, experiment.site, experiment.result,
       [label IN labels(tried) WHERE label <> 'Fact'][0] AS type, tried.name
ORDER BY plan.sinceDay, plan.id, experiment.sinceDay, experiment.id, tried.id
