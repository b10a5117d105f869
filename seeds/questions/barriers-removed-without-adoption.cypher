// Lessons that removed a barrier and led to no adoption.
MATCH (city:City)-[:LEARNED]->(lesson:Lesson)-[removed:REMOVED]->(barrier:Barrier)
WHERE lesson.marking <= 2 AND barrier.marking <= 2
  AND NOT EXISTS { (lesson)<-[:DREW_ON]-(:Adoption) }
OPTIONAL MATCH (lesson)-[:FROM]->(place)
RETURN city.name AS city, place.name AS place, lesson.statement AS lesson, removed.since AS since,
       barrier.statement AS barrier, barrier.kind AS kind, lesson.confidence AS confidence
ORDER BY city
