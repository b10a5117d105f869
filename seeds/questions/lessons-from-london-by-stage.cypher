// Lessons from London with the stage that each has reached.
MATCH (city:City)-[:LEARNED]->(lesson:Lesson)-[:FROM]->(:City {id: 'city/gb-eng-london'})
WHERE lesson.marking <= 2
RETURN city.name AS city, lesson.statement AS statement, lesson.stage AS stage, lesson.explored AS explored,
       lesson.acquired AS acquired, lesson.utilised AS utilised, lesson.internalised AS internalised,
       lesson.confidence AS confidence
ORDER BY lesson.id
