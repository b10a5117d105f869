// Projects that a present or former mayor champions, and the terms of that mayor.
MATCH (project:Project)<-[stands:CHAMPIONS]-(person:Person)
  WHERE EXISTS { (person)-[:HOLDS]->(mayor:Office) WHERE mayor.name STARTS WITH 'Mayor of ' }
    AND project.marking = 0 AND person.marking = 0
MATCH (person)-[term:HOLDS]->(office:Office)
RETURN project.name, project.status, stands.since, person.name, term.since, term.until, office.name
ORDER BY project.name, person.id, office.id
