// How many leaders of Seattle trust each office-holder in the second wave, term by term, and how many the holder trusts.
MATCH (wave:Wave)-[:OF_ROSTER]->(:Roster)-[:OF_CITY]->(:City {id: 'city/us-wa-seattle'})
  WHERE wave.since = '2025-05'
WITH collect(wave.id) AS waves
MATCH (office:Office)-[:OFFICE_OF]->(:City {id: 'city/us-wa-seattle'})
  WHERE office.marking <= 2
MATCH (holder:Person)-[term:HOLDS]->(office)
  WHERE term.marking <= 2 AND holder.marking <= 2
RETURN office.name, term.since, term.until, holder.name, holder.sector,
       COUNT { (:Person)-[said:TRUSTS]->(holder) WHERE said.marking <= 2 AND said.wave IN waves } AS trustedBy,
       COUNT { (holder)-[said:TRUSTS]->(:Person) WHERE said.marking <= 2 AND said.wave IN waves } AS trusts
ORDER BY office.name, office.id, term.sinceDay, term.id
