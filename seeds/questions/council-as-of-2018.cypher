// Agencies on San Antonio's council of chief information officers in mid-2018, by the days that their dates may mean.
WITH date('2018-06-30') AS day
MATCH (council:Council)-[:COUNCIL_OF]->(:City {name: 'San Antonio'})
  WHERE council.sinceDay IS NULL OR council.sinceDay <= day
MATCH (agency:Organization)-[seat:SITS_ON]->(council)
  WHERE (seat.sinceDay IS NULL OR seat.sinceDay <= day) AND (seat.untilDay IS NULL OR seat.untilDay > day)
WITH council, collect([seat.since, agency.name, agency.kind]) AS seats
UNWIND seats AS seat
RETURN council.name, council.rhythm, size(seats) AS members, seat[0] AS since, seat[1] AS agency, seat[2] AS kind
