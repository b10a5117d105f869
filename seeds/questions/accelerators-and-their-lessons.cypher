// Which accelerators brought cities together, how many came, and which lessons were gained there.
MATCH (event:Event {kind: 'ACCELERATOR'})
  WHERE event.marking = 0
OPTIONAL MATCH (event)-[:HELD_IN]->(place:City)
OPTIONAL MATCH (organizer:Organization)-[:ORGANIZED]->(event)
OPTIONAL MATCH (city:City)-[:ATTENDED]->(event)
OPTIONAL MATCH (lesson:Lesson)-[:GAINED_ON]->(event)
OPTIONAL MATCH (learner:City)-[:LEARNED]->(lesson)
RETURN event.name, event.since, event.until, place.name, organizer.name, event.citiesAttending,
       COUNT { (:City)-[:ATTENDED]->(event) } AS named, city.name, lesson.statement, learner.name
ORDER BY event.id, city.id, lesson.id
