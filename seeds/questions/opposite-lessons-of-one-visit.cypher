// The lessons of one visit, with their sources and uses.
MATCH (visit:Visit {id: 'visit/us-co-aurora-2022-san-antonio'})<-[:GAINED_ON]-(lesson:Lesson)
MATCH (source:Source) WHERE source.id IN lesson.sources
OPTIONAL MATCH (lesson)<-[:DREW_ON]-(adoption:Adoption)
RETURN visit.title AS title, visit.since AS since, lesson.statement AS lesson, source.publisher AS publisher,
       adoption.localName AS localName, adoption.status AS status, adoption.since AS used
ORDER BY lesson.id
