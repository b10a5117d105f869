// One indicator at every comparison.
MATCH (city:City)<-[:OF_CITY]-(benchmark:Benchmark)-[:AGAINST_CITY]->(other:City)
WHERE benchmark.indicator STARTS WITH 'Days from a request for data'
RETURN benchmark.since AS since, city.name AS city, benchmark.ownValue AS own, other.name AS comparator,
       benchmark.comparatorValue AS others, benchmark.unit AS unit, benchmark.purpose AS purpose,
       COUNT { (benchmark)-[:PROMPTED_BY]->(:Visit) } AS visits
ORDER BY benchmark.sinceDay
