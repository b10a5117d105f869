// Uses of practices that a visit led to.
MATCH (visit:Visit)-[:LED_TO]->(adoption:Adoption)<-[:MADE]-(city:City)
OPTIONAL MATCH (adoption)-[:USES]->(practice:Practice)
RETURN city.name AS city, practice.name AS practice, adoption.localName AS localName, adoption.status AS status,
       adoption.since AS since, visit.title AS visit
