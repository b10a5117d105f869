// Ties of the second wave: already named in the first, new, or unknown.
MATCH (:City {id: 'city/us-wa-seattle'})<-[:OF_CITY]-(roster:Roster)<-[:LISTED_ON]-(one:Person)
WITH DISTINCT roster, one ORDER BY one.name LIMIT 4
MATCH (roster)<-[:OF_ROSTER]-(before:Wave {since: '2023-05'})
OPTIONAL MATCH (one)-[tie:TRUSTS {since: '2025-05'}]->(other:Person)
RETURN one.name AS leader, other.name AS trusted,
       CASE WHEN other IS NULL THEN null
            WHEN EXISTS { (one)-[:TRUSTS {wave: before.id}]->(other) } THEN 'PRESENT'
            WHEN EXISTS { (one)-[:ANSWERED]->(before) }
             AND EXISTS { (other)-[listed:LISTED_ON]->(roster)
                          WHERE listed.untilDay IS NULL OR listed.untilDay > before.sinceDay } THEN 'ABSENT'
            ELSE 'UNKNOWN' END AS then,
       tie.strength AS strength
ORDER BY leader, other.id, tie.id
