// Visits of one city with their hosts and organizers.
MATCH (visit:Visit)-[:MADE_BY]->(:City {id: 'city/us-ks-wichita'})
OPTIONAL MATCH (visit)-[:HOSTED_BY]->(host)
OPTIONAL MATCH (visit)<-[:ORGANIZED]-(body:Organization)
RETURN visit.title AS title, visit.since AS since, visit.delegates AS delegates, host.name AS host, body.name AS body
