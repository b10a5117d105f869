// Which cities shared which ideas, lessons and experiments with others.
MATCH (city:City)-[shared:SHARED]->(what)
  WHERE what.marking = 0 AND shared.marking = 0
RETURN city.name, shared.since, shared.sharedWith, [label IN labels(what) WHERE label <> 'Fact'][0] AS type,
       what.hypothesis, what.learning, what.decision, what.statement, what.name
ORDER BY city.name, shared.sinceDay, what.id
