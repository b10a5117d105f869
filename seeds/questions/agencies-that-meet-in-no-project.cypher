// Agencies of one council, and the agencies with which each shares the council but no project.
MATCH (:Council {id: 'council/us-tx-san-antonio-synthetic-agencies'})<-[:SITS_ON]-(agency:Organization)
OPTIONAL MATCH (agency)-[:SITS_ON]->(:Council)<-[:SITS_ON]-(other:Organization)
WHERE other <> agency AND NOT (agency)-[:LEADS|FOLLOWS]->(:Project)<-[:LEADS|FOLLOWS]-(other)
WITH DISTINCT agency, other
RETURN agency.name AS agency, other.name AS never
ORDER BY agency, other.id
