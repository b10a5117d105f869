// Members of San Antonio's synthetic council of agencies in mid-March 2024, who represented each, and who was the chair.
WITH date('2024-03-15') AS day
MATCH (council:Council {id: 'council/us-tx-san-antonio-synthetic-agencies'})
MATCH (chair:Person)-[term:CHAIRS]->(council)
  WHERE term.sinceDay <= day AND (term.untilDay IS NULL OR term.untilDay > day)
MATCH (agency:Organization)-[seat:SITS_ON]->(council)
  WHERE seat.sinceDay <= day AND (seat.untilDay IS NULL OR seat.untilDay > day)
OPTIONAL MATCH (person:Person)-[speaks:REPRESENTS]->(agency)
  WHERE speaks.sinceDay <= day AND (speaks.untilDay IS NULL OR speaks.untilDay > day)
WITH council, collect([chair, agency, seat, person]) AS rows
UNWIND rows AS row
WITH council, size(rows) AS members, row[0] AS chair, row[1] AS agency, row[2] AS seat, row[3] AS person
RETURN council.name, council.rhythm, chair.name, members, seat.since, seat.until, agency.name, person.name
ORDER BY agency.name
