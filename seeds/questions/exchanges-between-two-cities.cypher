// Visits between Seattle and San Antonio, by date and topic.
MATCH (visitor:City)<-[:MADE_BY]-(visit:Visit)-[:HOSTED_BY]->(host:City)
WHERE (visitor.id = 'city/us-wa-seattle' AND host.id = 'city/us-tx-san-antonio')
   OR (visitor.id = 'city/us-tx-san-antonio' AND host.id = 'city/us-wa-seattle')
OPTIONAL MATCH (visit)-[:ABOUT]->(topic:Topic)
RETURN visit.since AS since, visitor.name AS visitor, host.name AS host, topic.name AS topic,
       visit.confidence AS confidence
ORDER BY visit.sinceDay, topic
