// What visits about mobility, or about anything narrower, are about.
MATCH (visit:Visit)
WHERE visit.level = 0 AND any(row IN visit.rows WHERE row STARTS WITH 'facts.csv')
  AND EXISTS { p = (visit)-[:ABOUT]->()-[:UNDER*0..]->(:Topic {id: 'topic/mobility'})
               WHERE all(r IN relationships(p) WHERE r.level = 0) AND all(n IN nodes(p) WHERE n.level = 0) }
OPTIONAL MATCH (visit)-[about:ABOUT]->(topic:Topic) WHERE about.level = 0
OPTIONAL MATCH (visit)-[uses:ABOUT]->(practice:Practice) WHERE uses.level = 0 AND practice.level = 0
RETURN topic.name AS topic, practice.name AS practice, count(DISTINCT visit) AS visits
