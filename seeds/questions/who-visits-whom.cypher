// Visits that took place, counted by who travelled and who hosted.
MATCH (visit:Visit {status: 'HELD'})
WHERE visit.level = 0 AND any(row IN visit.rows WHERE row STARTS WITH 'facts.csv')
OPTIONAL MATCH (visit)-[made:MADE_BY]->(visitor) WHERE made.level = 0 AND visitor.level = 0
OPTIONAL MATCH (visit)-[hosted:HOSTED_BY]->(host) WHERE hosted.level = 0 AND host.level = 0
WITH visitor, host, count(DISTINCT visit) AS visits
ORDER BY visits DESC, visitor.id, host.id
LIMIT 10
RETURN visitor.name AS visitor, host.name AS host, visits
