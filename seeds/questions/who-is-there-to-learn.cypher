// Organizations with a mandate to learn, as of the last day of 2024.
WITH date('2024-12-31') AS day
MATCH (organization:Organization {learningMandate: true})
WHERE organization.level = 0
  AND (organization.sinceDay IS NULL OR organization.sinceDay <= day)
  AND (organization.untilDay IS NULL OR organization.untilDay > day)
OPTIONAL MATCH (organization)-[seat:BASED_IN]->(city:City)
WHERE seat.level = 0 AND (seat.sinceDay IS NULL OR seat.sinceDay <= day) AND (seat.untilDay IS NULL OR seat.untilDay > day)
RETURN organization.name AS name, organization.kind AS kind, organization.since AS since, city.name AS city,
       organization.confidence AS confidence
ORDER BY name
