// What visits about mobility, or about anything narrower, are about.
MATCH (visit:Visit)
WHERE visit.marking = 0
  AND EXISTS { (visit)-[:ABOUT]->()-[:UNDER*0..]->(:Topic {id: 'topic/mobility'}) }
OPTIONAL MATCH (visit)-[:ABOUT]->(topic:Topic)
OPTIONAL MATCH (visit)-[:ABOUT]->(practice:Practice)
RETURN topic.name AS topic, practice.name AS practice, count(DISTINCT visit) AS visits
