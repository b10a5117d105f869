// Visits between Seattle and San Antonio, counted by the year in which they began and by topic.
MATCH (visitor:City)<-[:MADE_BY]-(visit:Visit)-[:HOSTED_BY]->(host:City)
WHERE (visitor.id = 'city/us-wa-seattle' AND host.id = 'city/us-tx-san-antonio')
   OR (visitor.id = 'city/us-tx-san-antonio' AND host.id = 'city/us-wa-seattle')
OPTIONAL MATCH (visit)-[:ABOUT]->(topic:Topic|Practice)
RETURN visit.sinceDay.year AS year, topic.name AS topic, count(DISTINCT visit) AS visits
