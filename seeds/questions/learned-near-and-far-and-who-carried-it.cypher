// Lessons from near and far, and who carried them.
MATCH (city:City)-[:LEARNED]->(lesson:Lesson)
WHERE city.id IN ['city/us-wa-seattle', 'city/us-tx-san-antonio'] AND lesson.distance IS NOT NULL
  AND lesson.marking <= 2
OPTIONAL MATCH (lesson)-[:FROM]->(place)
OPTIONAL MATCH (lesson)-[carried:CARRIED_BY]->(carrier)
RETURN city.name AS city, lesson.distance AS distance, place.name AS place, lesson.statement AS statement,
       carried.relation AS how, carrier.name AS carrier, carrier.sector AS sector,
       CASE WHEN carrier:Organization THEN carrier.kind END AS kind
ORDER BY city, lesson.sinceDay, lesson.id
