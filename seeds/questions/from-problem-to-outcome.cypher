// From problems that people of San Antonio raised to projects, and to what was measured (synthetic).
MATCH (problem:Problem)-[:RAISED_IN]->(:City {id: 'city/us-tx-san-antonio'})
OPTIONAL MATCH (project:Project)-[:SOLVES]->(problem)
OPTIONAL MATCH (project)<-[:TAKEN_ON]-(value:Measurement)-[:OF_METRIC]->(metric:Metric)
RETURN problem.statement, problem.raisedBy, problem.status, project.name, project.valueStatement,
       value.role, value.since, value.value, metric.name
ORDER BY problem.sinceDay, project.id, value.sinceDay, value.id
