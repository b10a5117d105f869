// Visits made and hosted by each city that travels.
MATCH (city:City)
WHERE EXISTS { (city)<-[:MADE_BY]-(:Visit {status: 'HELD'}) }
WITH city, COUNT { (city)<-[:MADE_BY]-(:Visit) } AS all, COUNT { (city)<-[:HOSTED_BY]-(:Visit) } AS every
RETURN city.name AS city,
       COUNT { (city)<-[:MADE_BY]-(:Visit {status: 'HELD'}) } AS made,
       COUNT { (city)<-[:HOSTED_BY]-(:Visit {status: 'HELD'}) } AS hosted
ORDER BY all DESC, every DESC, city
LIMIT 12
