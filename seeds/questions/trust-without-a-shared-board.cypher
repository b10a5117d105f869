// Leaders of Seattle who trust each other in any wave and are members of no common organization.
MATCH (:City {id: 'city/us-wa-seattle'})<-[:OF_CITY]-(:Roster)<-[:LISTED_ON]-(one:Person)
WITH DISTINCT one ORDER BY one.name LIMIT 4
OPTIONAL MATCH (one)-[:TRUSTS]->(other:Person)
WHERE (other)-[:TRUSTS]->(one) AND NOT (one)-[:MEMBER_OF]->(:Organization)<-[:MEMBER_OF]-(other)
WITH DISTINCT one, other
RETURN one.name AS leader, other.name AS trusted, other.sector AS sector
ORDER BY leader, other.id
