// The lessons of one visit, with their sources and uses.
MATCH (visit:Visit {id: 'visit/us-co-aurora-2022-san-antonio'})<-[:GAINED_ON]-(lesson:Lesson)
OPTIONAL MATCH (lesson)<-[:DREW_ON]-(adoption:Adoption)
UNWIND lesson.sources AS id
MATCH (source:Source {id: id})
RETURN visit.title AS title, visit.since AS since, lesson.statement AS statement, source.publisher AS publisher,
       adoption.localName AS localName, adoption.status AS status, adoption.since AS used
ORDER BY lesson.id
