// What was adapted, and the outcome.
MATCH (city:City)-[:MADE]->(adoption:Adoption)-[:LED_TO]->(outcome:Outcome)
WHERE adoption.adapted IS NOT NULL
RETURN city.name AS city, adoption.localName AS localName, adoption.since AS since, adoption.scale AS scale,
       adoption.adapted AS adapted, outcome.statement AS outcome, outcome.since AS seen,
       adoption.confidence AS confidence
ORDER BY adoption.sinceDay
