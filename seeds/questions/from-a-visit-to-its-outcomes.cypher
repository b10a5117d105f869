// From one visit and its lessons to what came of them.
MATCH (visit:Visit {id: 'visit/us-ky-lexington-1994-greenville'})
OPTIONAL MATCH (visit)<-[:GAINED_ON]-(lesson:Lesson)
OPTIONAL MATCH (lesson)<-[:DREW_ON]-(adoption:Adoption)
OPTIONAL MATCH (adoption)-[:LED_TO]->(outcome:Outcome)
RETURN visit.title AS title, visit.since AS since, visit.confidence AS confidence, lesson.statement AS statement,
       adoption.localName AS localName, adoption.status AS status, adoption.since AS used,
       outcome.statement AS outcome, outcome.since AS seen, outcome.confidence AS sureOfOutcome
ORDER BY lesson.id, adoption.id
