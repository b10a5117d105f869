// How many meetings of San Antonio's synthetic council each agency attended, and from when to when it was a member.
MATCH (council:Council {id: 'council/us-tx-san-antonio-synthetic-agencies'})<-[seat:SITS_ON]-(agency:Organization)
WITH seat, agency,
     COUNT { (council)<-[:OF_COUNCIL]-(:Meeting {status: 'HELD'}) } AS held,
     COUNT { (agency)-[:ATTENDED]->(:Meeting)-[:OF_COUNCIL]->(council) } AS came
RETURN held, seat.since, seat.until, agency.name, came
ORDER BY came DESC, agency.name
