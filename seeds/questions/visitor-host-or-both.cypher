// Visits made and hosted by each city that travels, without made-up visits.
MATCH (city:City)
WHERE EXISTS { (city)<-[made:MADE_BY]-(v:Visit {status: 'HELD'}) WHERE made.level = 0 AND v.level = 0 }
WITH city, COUNT { (city)<-[made:MADE_BY]-(v:Visit) WHERE made.level = 0 AND v.level = 0 } AS all,
     COUNT { (city)<-[hosted:HOSTED_BY]-(v:Visit) WHERE hosted.level = 0 AND v.level = 0 } AS every
RETURN city.name AS city,
       COUNT { (city)<-[made:MADE_BY]-(v:Visit {status: 'HELD'}) WHERE made.level = 0 AND v.level = 0 } AS made,
       COUNT { (city)<-[hosted:HOSTED_BY]-(v:Visit {status: 'HELD'}) WHERE hosted.level = 0 AND v.level = 0 } AS hosted
ORDER BY all DESC, every DESC, city
LIMIT 12
