// Who held which office of San Antonio on 14 June 2023; undated facts count as always begun and still going on.
WITH date('2023-06-14') AS day
MATCH (office:Office)-[:OFFICE_OF]->(:City {id: 'city/us-tx-san-antonio'})
OPTIONAL MATCH (person:Person)-[term:HOLDS]->(office)
  WHERE (term.sinceDay IS NULL OR term.sinceDay <= day)
    AND (term.untilDay IS NULL OR term.untilDay > day)
    AND term.marking = 0 AND person.marking = 0
RETURN office.name, office.selection, office.confidence, term.since, term.until, person.name
ORDER BY office.name, person.id
