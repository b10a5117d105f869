// Who learned one practice from whom, and on which visit.
MATCH (city:City)-[:LEARNED]->(lesson:Lesson)-[:ABOUT]->(:Practice {id: 'practice/civilian-crisis-response'})
MATCH (lesson)-[:FROM]->(place)
OPTIONAL MATCH (lesson)-[:GAINED_ON]->(visit:Visit)
RETURN city.name AS city, place.name AS place, lesson.since AS learned, visit.title AS visit
ORDER BY lesson.sinceDay, lesson.id
