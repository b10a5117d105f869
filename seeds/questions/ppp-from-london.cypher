// Public-private partnership as learned from London; the years from lesson to adoption need both dates.
MATCH (city:City)-[:LEARNED]->(lesson:Lesson)-[:FROM]->(:City {name: 'London'}),
      (lesson)-[:ABOUT]->(:Topic {id: 'topic/public-private-partnership'})
WHERE lesson.level = 0
OPTIONAL MATCH (city)-[:IN_COUNTRY]->(country:Country)
OPTIONAL MATCH (lesson)-[:GAINED_ON]->(visit:Visit)
OPTIONAL MATCH (lesson)<-[:DREW_ON]-(adoption:Adoption)
OPTIONAL MATCH (adoption)-[:USES]->(practice:Practice)
OPTIONAL MATCH (lesson)-[:REMOVED]->(barrier:Barrier) WHERE barrier.level = 0
WITH *, toInteger(left(adoption.since, 4)) - toInteger(left(lesson.since, 4)) AS years
RETURN city.name AS city, country.name AS country, lesson.since AS learned, visit.title AS visit, visit.since AS travelled,
       practice.name AS practice, adoption.since AS used, years AS earliest, years AS latest,
       barrier.statement AS barrier, barrier.kind AS kind
