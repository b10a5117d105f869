// From one study tour and its lessons to what came of them.
MATCH (tour:Visit {id: 'visit/us-wa-seattle-synthetic-2014-london'})
OPTIONAL MATCH (tour)<-[:GAINED_ON]-(lesson:Lesson)
WHERE lesson.marking <= 2
OPTIONAL MATCH (lesson)<-[:DREW_ON]-(adoption:Adoption)
OPTIONAL MATCH (adoption)-[:LED_TO]->(outcome:Outcome)
RETURN tour.title AS title, tour.since AS since, tour.confidence AS confidence,
       lesson.statement AS statement, lesson.stage AS stage,
       adoption.localName AS localName, adoption.status AS status, adoption.since AS used, adoption.until AS ended,
       outcome.statement AS outcome, outcome.since AS seen, outcome.confidence AS sureOfOutcome
ORDER BY lesson.id, adoption.id
