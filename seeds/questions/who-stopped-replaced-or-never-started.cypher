// Adoptions that ended, were replaced or never started.
MATCH (city:City)-[:MADE]->(adoption:Adoption)
WHERE adoption.level = 0 AND any(row IN adoption.rows WHERE row STARTS WITH 'facts.csv')
  AND (adoption.status IN ['ENDED', 'PROPOSED']
       OR EXISTS { (adoption)<-[replaced:REPLACED]-(next:Adoption) WHERE replaced.level = 0 AND next.level = 0 })
OPTIONAL MATCH (adoption)-[uses:USES]->(practice:Practice) WHERE uses.level = 0 AND practice.level = 0
OPTIONAL MATCH (adoption)<-[replaced:REPLACED]-(next:Adoption) WHERE replaced.level = 0 AND next.level = 0
RETURN city.name AS city, practice.name AS practice, adoption.localName AS localName, adoption.status AS status,
       adoption.since AS since, adoption.until AS until,
       replaced.since AS replacedSince, next.localName AS replacedBy, next.status AS nextStatus,
       adoption.confidence AS confidence
ORDER BY adoption.sinceDay IS NULL, adoption.sinceDay, adoption.id
