// Statements of cities about their visits, which are not visits.
MATCH (city:City)-[:STATED]->(statement:ExchangeStatement)
OPTIONAL MATCH (statement)-[:NAMES]->(place)
UNWIND statement.sources AS id
MATCH (source:Source {id: id})
RETURN city.name AS city, COUNT { (city)<-[:MADE_BY]-(:Visit) } AS visits, statement.relation AS relation, statement.counterpart AS counterpart, place.name AS place,
       statement.since AS since, statement.until AS until, source.title AS title, source.url AS url
ORDER BY statement.id
