// How many leaders of Seattle's synthetic cloud trust each office-holder, term by term, and whom the holder trusts.
MATCH (office:Office)-[:OFFICE_OF]->(:City {id: 'city/us-wa-seattle'})
  WHERE office.marking <= 2
MATCH (holder:Person)-[term:HOLDS]->(office)
  WHERE term.marking <= 2 AND holder.marking <= 2
RETURN office.name, term.since, term.until, holder.name, holder.sector,
       COUNT { (:Person)-[said:TRUSTS]->(holder) WHERE said.marking <= 2 } AS trustedBy,
       COUNT { (holder)-[said:TRUSTS]->(:Person) WHERE said.marking <= 2 } AS trusts
ORDER BY office.name, office.id, term.sinceDay, term.id
