// Visits made and hosted by each city that travels, without made-up visits.
MATCH (city:City)
WHERE EXISTS { (city)<-[:MADE_BY]-(v:Visit {status: 'HELD'}) WHERE v.confidence <> 'SYNTHETIC' }
WITH city, COUNT { (city)<-[:MADE_BY]-(:Visit) } AS all, COUNT { (city)<-[:HOSTED_BY]-(:Visit) } AS every
RETURN city.name AS city,
       COUNT { (city)<-[:MADE_BY]-(v:Visit {status: 'HELD'}) WHERE v.confidence <> 'SYNTHETIC' } AS made,
       COUNT { (city)<-[:HOSTED_BY]-(v:Visit {status: 'HELD'}) WHERE v.confidence <> 'SYNTHETIC' } AS hosted
ORDER BY all DESC, every DESC, city
LIMIT 12
