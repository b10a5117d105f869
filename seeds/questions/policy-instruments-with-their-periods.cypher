// Which policy instruments acted on networks of leaders, who ran them, and from when to when.
MATCH (instrument:PolicyInstrument)
  WHERE instrument.marking = 0
OPTIONAL MATCH (owner)-[:RUNS]->(instrument)
RETURN instrument.name, instrument.kind, instrument.since, instrument.until, instrument.confidence, owner.name
ORDER BY instrument.sinceDay, instrument.id, owner.id
