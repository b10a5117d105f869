// Comparisons that a visit prompted.
MATCH (city:City)<-[:OF_CITY]-(benchmark:Benchmark)-[:AGAINST_CITY]->(other:City),
      (benchmark)-[:PROMPTED_BY]->(visit:Visit)
RETURN city.name AS city, other.name AS comparator, benchmark.indicator AS indicator, benchmark.unit AS unit,
       benchmark.ownValue AS own, benchmark.comparatorValue AS others, benchmark.purpose AS purpose,
       benchmark.since AS since, visit.title AS visit, benchmark.confidence AS confidence
ORDER BY benchmark.sinceDay
