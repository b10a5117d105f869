// Adoptions of congestion charging that had begun by the last day of 2010 and had not ended or been replaced.
WITH date('2010-12-31') AS day
MATCH (practice:Practice {id: 'practice/congestion-charging'})<-[:USES]-(adoption:Adoption)<-[:MADE]-(city:City)
WHERE adoption.status IN ['RUNNING', 'EXPERIMENT']
  AND (adoption.sinceDay IS NULL OR adoption.sinceDay <= day)
  AND (adoption.untilDay IS NULL OR adoption.untilDay > day)
  AND NOT EXISTS { (adoption)<-[replaced:REPLACED]-(:Adoption)
                   WHERE replaced.sinceDay IS NULL OR replaced.sinceDay <= day }
UNWIND adoption.sources AS id
MATCH (source:Source {id: id})
RETURN practice.name AS practice, city.name AS city, adoption.status AS status, adoption.since AS since,
       source.title AS title, source.url AS url
