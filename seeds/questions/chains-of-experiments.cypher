// Experiments and what they turned into: what was expected, what was learned, and the experiment that followed.
MATCH (first:Experiment)
  WHERE NOT EXISTS { (:Experiment)-[:PIVOTED_TO]->(first) } AND first.marking = 0
OPTIONAL MATCH (first)-[:UNDER_PLAN]->(plan:InnovationPlan)
OPTIONAL MATCH (first)-[:PIVOTED_TO]->(second:Experiment)
OPTIONAL MATCH (second)-[:PIVOTED_TO]->(third:Experiment)
RETURN plan.name,
       first.hypothesis, first.learning, first.decision,
       second.hypothesis, second.learning, second.decision,
       third.hypothesis, third.learning, third.decision
ORDER BY first.sinceDay, first.id
