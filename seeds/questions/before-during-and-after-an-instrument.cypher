// Visits that Seattle made, and trust ties that leaders named, before, during and after the synthetic policy instrument.
MATCH (instrument:PolicyInstrument {id: 'policy-instrument/us-wa-seattle-synthetic-table'})<-[:RUNS]-(city:City)
MATCH (city)<-[:OF_CITY]-(:Roster)<-[:LISTED_ON]-(person:Person)
WITH instrument, city, person, COUNT { (person)<-[said:TRUSTS]-(:Person) WHERE said.marking <= 2 } AS trusted
ORDER BY trusted DESC, person.name
LIMIT 5
WITH instrument, city, person, trusted, date('2023-09-01') AS began, date('2025-04-01') AS ended
RETURN instrument.name, instrument.since, instrument.until, city.name,
       COUNT { (city)<-[:MADE_BY]-(visit:Visit {status: 'HELD'})
               WHERE visit.confidence <> 'SYNTHETIC' AND visit.sinceDay < began } AS visitsBefore,
       COUNT { (city)<-[:MADE_BY]-(visit:Visit {status: 'HELD'})
               WHERE visit.confidence <> 'SYNTHETIC' AND visit.sinceDay >= began AND visit.sinceDay < ended } AS visitsDuring,
       COUNT { (city)<-[:MADE_BY]-(visit:Visit {status: 'HELD'})
               WHERE visit.confidence <> 'SYNTHETIC' AND visit.sinceDay >= ended } AS visitsAfter,
       person.name,
       COUNT { (person)<-[said:TRUSTS]-(:Person) WHERE said.marking <= 2 AND said.sinceDay < began } AS saidBefore,
       COUNT { (person)<-[said:TRUSTS]-(:Person)
               WHERE said.marking <= 2 AND said.sinceDay >= began AND said.sinceDay < ended } AS saidDuring,
       COUNT { (person)<-[said:TRUSTS]-(:Person) WHERE said.marking <= 2 AND said.sinceDay >= ended } AS saidAfter
ORDER BY trusted DESC, person.name
