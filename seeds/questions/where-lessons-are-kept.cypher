// Knowledge stores and the lessons kept in each.
MATCH (store:KnowledgeStore)
OPTIONAL MATCH (store)<-[:KEPT_IN]-(lesson:Lesson)<-[:LEARNED]-(city:City)
WHERE lesson.marking <= 2
RETURN store.name AS name, store.kind AS kind, store.access AS access, store.lastConfirmed AS lastConfirmed,
       lesson.statement AS statement, city.name AS city, lesson.stage AS stage
ORDER BY name, lesson.id
