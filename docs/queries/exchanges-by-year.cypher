// Visits that Seattle made or hosted, by the year in which they may have begun at the earliest.
MATCH (visit:Visit {status: 'HELD'})
WHERE EXISTS { (visit)-[:MADE_BY|HOSTED_BY]->(:City {id: 'city/us-wa-seattle'}) }
WITH visit.sinceDay.year AS year, count(*) AS visits, collect(visit.delegates) AS delegates
RETURN year, visits, CASE WHEN delegates <> [] THEN reduce(sum = 0, d IN delegates | sum + d) END AS delegates
ORDER BY visits DESC, year
