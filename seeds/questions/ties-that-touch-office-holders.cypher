// Who knows the mayors of San Antonio's synthetic story, term by term.
MATCH (office:Office)-[:OFFICE_OF]->(:City {id: 'city/us-tx-san-antonio'})
MATCH (holder:Person)-[term:HOLDS]->(office)
MATCH (person:Person)-[tie:KNOWS]->(holder)
  WHERE tie.marking <= 2 AND person.marking <= 2
WITH office, term, holder, COUNT { (:Person)-[known:KNOWS]->(holder) WHERE known.marking <= 2 } AS ties, tie, person
RETURN office.name, term.since, term.until, holder.name, ties, tie.since, tie.until, person.name
ORDER BY office.name, term.sinceDay, tie.sinceDay
