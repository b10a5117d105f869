// Visits with a lesson whose use had an outcome; made-up facts are left out.
MATCH (visit:Visit)
WHERE visit.level = 0 AND EXISTS {
  (visit)<-[:GAINED_ON]-(:Lesson)<-[:DREW_ON]-(:Adoption)-[:LED_TO]->(outcome:Outcome) WHERE outcome.level = 0
}
MATCH (visit)<-[:GAINED_ON]-(lesson:Lesson)
OPTIONAL MATCH (lesson)<-[:DREW_ON]-(adoption:Adoption)
OPTIONAL MATCH (adoption)-[:LED_TO]->(outcome:Outcome)
RETURN visit.title AS title, visit.since AS since, lesson.statement AS lesson,
       adoption.localName AS localName, adoption.since AS used, outcome.statement AS outcome, outcome.since AS seen
