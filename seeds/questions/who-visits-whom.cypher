// Visits that took place, counted by who travelled and who hosted.
MATCH (visit:Visit {status: 'HELD'})
WHERE visit.marking = 0
OPTIONAL MATCH (visit)-[:MADE_BY]->(visitor)
OPTIONAL MATCH (visit)-[:HOSTED_BY]->(host)
WITH visitor, host, count(DISTINCT visit) AS visits
ORDER BY visits DESC, visitor.id, host.id
LIMIT 10
RETURN visitor.name AS visitor, host.name AS host, visits
