// Lessons that only one person holds on the first day of 2024 and that are written down nowhere.
WITH date('2024-01-01') AS day
MATCH (city:City)-[:LEARNED]->(lesson:Lesson {form: 'TACIT'})-[holds:HELD_BY]->(person:Person)
WHERE lesson.marking <= 2
  AND (lesson.sinceDay IS NULL OR lesson.sinceDay <= day)
  AND (holds.sinceDay IS NULL OR holds.sinceDay <= day) AND (holds.untilDay IS NULL OR holds.untilDay > day)
  AND NOT EXISTS { (lesson)-[other:HELD_BY]->()
                   WHERE other <> holds AND (other.sinceDay IS NULL OR other.sinceDay <= day)
                     AND (other.untilDay IS NULL OR other.untilDay > day) }
  AND NOT EXISTS { (lesson)-[kept:KEPT_IN]->()
                   WHERE (kept.sinceDay IS NULL OR kept.sinceDay <= day)
                     AND (kept.untilDay IS NULL OR kept.untilDay > day) }
OPTIONAL MATCH (lesson)-[:FROM]->(place)
RETURN city.name AS city, lesson.statement AS statement, person.name AS person, place.name AS place,
       lesson.since AS since, lesson.confidence AS confidence
ORDER BY lesson.id
