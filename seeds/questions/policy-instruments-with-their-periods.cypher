// Which policy instruments acted on networks of leaders, who ran them, and from when to when.
MATCH (instrument:PolicyInstrument)
  WHERE instrument.level = 0
OPTIONAL MATCH (owner)-[runs:RUNS]->(instrument)
  WHERE runs.level = 0 AND owner.level = 0
RETURN instrument.name, instrument.kind, instrument.since, instrument.until, instrument.confidence, owner.name
ORDER BY instrument.sinceDay, instrument.id, owner.id
