// One leader's relationships, counted in each layer.
MATCH (one:Person {name: 'Leader 05 (synthetic)'})-[:LISTED_ON]->(:Roster)-[:OF_CITY]->(:City {id: 'city/us-wa-seattle'})
OPTIONAL MATCH (one)-[:MEMBER_OF]->(board:Organization)
RETURN one.name AS leader,
       COUNT { (one)-[:TRUSTS]->(:Person) } AS trusts,
       COUNT { (one)-[:KNOWS]->(:Person) } AS knows,
       COUNT { (one)-[:WORKS_WITH]->(:Person) } AS worksWith,
       board.name AS board,
       CASE WHEN board IS NOT NULL THEN COUNT { (board)<-[:MEMBER_OF]-() } END AS members
ORDER BY board
