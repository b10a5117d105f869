// Editions of a programme and the stops of each journey.
MATCH (programme:Programme {id: 'programme/us-tx-san-antonio-synthetic-study-tours'})<-[:EDITION_OF]-(tour:Visit)
OPTIONAL MATCH (tour)-[hosted:HOSTED_BY]->(host)
RETURN programme.name AS programme, tour.title AS title, tour.delegates AS delegates,
       hosted.stop AS stop, hosted.arrived AS arrived, hosted.left AS left, host.name AS host
ORDER BY tour.sinceDay, stop
