// How people with a problem were heard, and how they and their organizations take part in solving it (synthetic).
MATCH (problem:Problem)
  WHERE EXISTS { (problem)-[:RAISED_IN]->(:City)-[:IN_COUNTRY]->(:Country {name: 'United States'}) }
OPTIONAL MATCH (project:Project)-[:SOLVES]->(problem)
OPTIONAL MATCH (project)-[involves:INVOLVES]->(party)
RETURN problem.statement, problem.heard, problem.evidence, project.name,
       involves.since, involves.way, [label IN labels(party) WHERE label <> 'Fact'][0] AS type, party.name
ORDER BY problem.sinceDay, problem.id, project.id, involves.sinceDay, party.id
