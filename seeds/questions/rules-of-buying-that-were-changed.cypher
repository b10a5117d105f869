// Procurement rules that were changed, when, and what the old rule had blocked.
MATCH (route:ProcurementRoute)
  WHERE route.reformed IS NOT NULL AND route.marking = 0
OPTIONAL MATCH (route)<-[:REMOVED_BY]-(barrier:Barrier)
OPTIONAL MATCH (barrier)-[:BLOCKS]->(blocked)
RETURN route.name, route.rule, route.reform, route.reformed, barrier.statement, blocked.name
ORDER BY route.id, barrier.id, blocked.id
