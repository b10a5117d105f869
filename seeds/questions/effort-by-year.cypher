// Effort spent on learning, by city and year.
MATCH (city:City)-[:SPENT]->(effort:Effort)
WHERE city.id IN ['city/us-wa-seattle', 'city/us-tx-san-antonio'] AND effort.marking = 0
RETURN city.name AS city, effort.since AS year, effort.hours AS hours, effort.spentAmount AS spent,
       effort.spentCurrency AS currency, effort.people AS people, effort.confidence AS confidence
ORDER BY city, effort.sinceDay
