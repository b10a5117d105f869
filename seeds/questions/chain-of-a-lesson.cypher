// From the place that a lesson comes from to its adoption, with sources.
MATCH (city:City)-[:LEARNED]->
      (lesson:Lesson {id: 'lesson/us-il-chicago-from-br-23-porto-alegre-participatory-budgeting'})
MATCH (lesson)-[from:FROM]->(place)
MATCH (lesson)-[gained:GAINED_ON]->(event:Event)
MATCH (lesson)<-[drew:DREW_ON]-(adoption:Adoption)-[:USES]->(practice:Practice)
MATCH (stated:Source) WHERE stated.id IN lesson.sources
MATCH (shown:Source) WHERE shown.id IN adoption.sources
RETURN lesson.statement AS statement, city.name AS city, lesson.since AS learned, lesson.confidence AS confidence,
       stated.title AS statedIn, stated.url AS statedAt,
       from.confidence AS sureOfPlace, place.name AS place,
       gained.confidence AS sureOfEvent, event.name AS event, event.since AS held,
       drew.confidence AS sureOfUse, practice.name AS practice, adoption.since AS used, adoption.scale AS scale,
       shown.title AS shownIn, shown.url AS shownAt
