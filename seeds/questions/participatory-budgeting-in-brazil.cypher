// How many municipalities of Brazil used participatory budgeting, year by year.
MATCH (:Practice {id: 'practice/participatory-budgeting'})<-[:TAKEN_ON]-(value:Measurement)-[:OF_METRIC]->(metric:Metric)
OPTIONAL MATCH (value)-[:TAKEN_IN]->(place)
RETURN value.since, value.value, value.role, metric.name, metric.unit, place.name
ORDER BY value.sinceDay, value.id
