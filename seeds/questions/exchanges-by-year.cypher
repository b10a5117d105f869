// Visits that Seattle made or hosted, by year if their date lies within one year.
MATCH (visit:Visit {status: 'HELD'})
WHERE EXISTS { (visit)-[r:MADE_BY|HOSTED_BY]->(:City {id: 'city/us-wa-seattle'}) WHERE r.level = 0 }
  AND visit.level = 0
WITH CASE WHEN visit.since =~ '[0-9]{4}(-[0-9X-]+)?[~?%]?' THEN visit.sinceDay.year END AS year,
     count(*) AS visits, collect(visit.delegates) AS delegates
RETURN year, visits, CASE WHEN delegates <> [] THEN reduce(sum = 0, d IN delegates | sum + d) END AS delegates
ORDER BY visits DESC, year
