// Stops of Seattle's dated study tours, the newest first.
MATCH (city:City {id: 'city/us-wa-seattle'})<-[:MADE_BY]-(tour:Visit {kind: 'STUDY_TOUR'})
WHERE tour.sinceDay IS NOT NULL AND tour.level = 0
WITH city, collect(tour) AS tours
UNWIND tours AS tour
OPTIONAL MATCH (tour)-[hosted:HOSTED_BY]->(host) WHERE hosted.level = 0 AND host.level = 0
OPTIONAL MATCH (source:Source) WHERE source.id IN tour.sources
RETURN city.name AS city, size(tours) AS all, tour.title AS title, tour.since AS since, tour.status AS status,
       hosted.asNamed AS asNamed, host.name AS place, source.title AS statedIn, source.url AS url
ORDER BY tour.sinceDay DESC, tour.id DESC, host.id, source.id
