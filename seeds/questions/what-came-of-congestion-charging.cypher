// Stockholm's uses of congestion charging, with outcomes and measured values.
MATCH (city:City {id: 'city/se-26-stockholm'})-[:MADE]->(adoption:Adoption)-[:USES]->(practice:Practice)
WHERE practice.name CONTAINS 'ongestion'
OPTIONAL MATCH (adoption)-[:LED_TO]->(outcome:Outcome)
OPTIONAL MATCH (adoption)<-[:TAKEN_ON]-(measurement:Measurement)-[:OF_METRIC]->(metric:Metric)
RETURN city.name AS city, adoption.localName AS localName, adoption.status AS status, adoption.since AS since,
       adoption.until AS until, outcome.statement AS outcome, outcome.since AS seen,
       measurement.value AS value, measurement.role AS role, metric.name AS metric, metric.unit AS unit
