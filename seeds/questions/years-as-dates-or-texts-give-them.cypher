// Years from a lesson to its adoptions: from stated dates, else as an outcome states them.
MATCH (city:City)-[:LEARNED]->(lesson:Lesson)
WHERE city.id IN ['city/es-59-bilbao', 'city/pe-lma-lima', 'city/za-06-johannesburg'] AND lesson.level = 0
  AND any(row IN lesson.rows WHERE row STARTS WITH 'facts.csv')
OPTIONAL MATCH (use:Adoption)-[:DREW_ON]->(lesson)
WITH city, lesson,
     collect(CASE WHEN lesson.since IS NOT NULL AND use.since IS NOT NULL
                  THEN toInteger(left(use.since, 4)) - toInteger(left(lesson.since, 4)) END) AS dated,
     COLLECT { MATCH (lesson)<-[:DREW_ON]-(:Adoption)-[:LED_TO]->(o:Outcome)
               WHERE o.statedLagYears IS NOT NULL RETURN o.statedLagYears } AS said
WITH city, lesson, CASE WHEN dated <> [] THEN dated ELSE said END AS years, dated = [] AND said <> [] AS stated
UNWIND lesson.sources AS id
MATCH (source:Source {id: id})
RETURN city.name AS city, lesson.statement AS lesson,
       reduce(least = head(years), y IN years | CASE WHEN y < least THEN y ELSE least END) AS earliest,
       reduce(most = head(years), y IN years | CASE WHEN y > most THEN y ELSE most END) AS latest,
       CASE WHEN years <> [] THEN stated END AS stated,
       source.title AS source
