// Real visits that Seattle made or hosted, by year if their date lies within one year.
MATCH (visit:Visit {status: 'HELD'})
WHERE EXISTS { (visit)-[:MADE_BY|HOSTED_BY]->(:City {id: 'city/us-wa-seattle'}) }
  AND visit.confidence <> 'SYNTHETIC'
WITH CASE WHEN visit.since =~ '[0-9]{4}(-[0-9X-]+)?[~?%]?' THEN visit.sinceDay.year END AS year,
     count(*) AS visits, collect(visit.delegates) AS delegates
RETURN year, visits, CASE WHEN delegates <> [] THEN reduce(sum = 0, d IN delegates | sum + d) END AS delegates
ORDER BY visits DESC, year
