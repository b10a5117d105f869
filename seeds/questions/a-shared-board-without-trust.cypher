// Leaders of Seattle who are members of the same organization and have no trust tie, in any wave or direction.
MATCH (:City {id: 'city/us-wa-seattle'})<-[:OF_CITY]-(:Roster)<-[:LISTED_ON]-(one:Person)
WHERE (one)-[:MEMBER_OF]->(:Organization {kind: 'BOARD'})
WITH DISTINCT one ORDER BY one.name LIMIT 3
OPTIONAL MATCH (one)-[:MEMBER_OF]->(:Organization)<-[:MEMBER_OF]-(other:Person)
WHERE other <> one AND NOT (one)-[:TRUSTS]-(other)
WITH DISTINCT one, other
RETURN one.name AS leader, other.name AS member, other.sector AS sector
ORDER BY leader, other.id
