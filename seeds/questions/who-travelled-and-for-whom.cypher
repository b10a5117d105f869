// Delegates of study tours with their role, their age and whom they travelled for.
MATCH (city:City)<-[:MADE_BY]-(tour:Visit {kind: 'STUDY_TOUR'})<-[joined:JOINED]-(person:Person)
WHERE city.id IN ['city/us-wa-seattle', 'city/us-tx-san-antonio']
  AND tour.level = 0 AND joined.level = 0 AND person.level = 0
OPTIONAL MATCH (person)-[works:WORKS_FOR]->(employer:Organization) WHERE works.level = 0 AND employer.level = 0
RETURN tour.title AS title, tour.since AS since, joined.role AS role, joined.age AS age, joined.onBehalfOf AS onBehalfOf,
       joined.paidAmount AS paid, joined.paidCurrency AS currency, joined.paidBy AS paidBy, person.name AS name,
       employer.name AS employer
ORDER BY tour.sinceDay IS NULL, tour.sinceDay DESC, name
