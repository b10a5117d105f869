// Ties of the first wave: named again in the second, not named by somebody who answered, or unknown.
MATCH (:City {id: 'city/us-wa-seattle'})<-[:OF_CITY]-(roster:Roster)<-[:LISTED_ON]-(one:Person)
WITH DISTINCT roster, one ORDER BY one.name LIMIT 4
MATCH (roster)<-[:OF_ROSTER]-(next:Wave {since: '2025-05'})
OPTIONAL MATCH (one)-[tie:TRUSTS {since: '2023-05'}]->(other:Person)
RETURN one.name AS leader, other.name AS trusted,
       CASE WHEN other IS NULL THEN null
            WHEN EXISTS { (one)-[:TRUSTS {wave: next.id}]->(other) } THEN 'PRESENT'
            WHEN EXISTS { (one)-[:ANSWERED]->(next) }
             AND EXISTS { (other)-[listed:LISTED_ON]->(roster)
                          WHERE listed.untilDay IS NULL OR listed.untilDay > next.sinceDay } THEN 'ABSENT'
            ELSE 'UNKNOWN' END AS then
ORDER BY leader, other.id, tie.id
