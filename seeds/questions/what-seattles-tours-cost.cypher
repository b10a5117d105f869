// Seattle's study tours since 1993 whose cost or payer is stated; one of them has no date.
MATCH (:City {id: 'city/us-wa-seattle'})<-[:MADE_BY]-(tour:Visit {kind: 'STUDY_TOUR'})
WHERE tour.level = 0
  AND (tour.sinceDay IS NULL OR tour.sinceDay >= date('1993-01-01'))
  AND (tour.costPerDelegateAmount > 0 OR EXISTS { (tour)<-[paid:SPONSORED]-() WHERE paid.level = 0 })
OPTIONAL MATCH (tour)-[edition:EDITION_OF]->(programme:Programme) WHERE edition.level = 0 AND programme.level = 0
OPTIONAL MATCH (tour)<-[sponsored:SPONSORED]-(payer:Organization) WHERE sponsored.level = 0 AND payer.level = 0
RETURN tour.title AS title, tour.status AS status, tour.since AS since, programme.name AS programme,
       tour.costPerDelegateAmount AS cost, tour.costPerDelegateCurrency AS currency,
       sponsored.delegates AS delegates, sponsored.paidAmount AS paid, sponsored.paidCurrency AS paidIn,
       payer.name AS payer, tour.confidence AS confidence
ORDER BY tour.sinceDay IS NULL, tour.sinceDay DESC, payer
