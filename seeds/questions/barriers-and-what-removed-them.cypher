// Which barriers blocked what, and which partnership, project, procurement route or lesson removed them.
MATCH (barrier:Barrier)
  WHERE barrier.marking <= 2
OPTIONAL MATCH (barrier)-[:BLOCKS]->(blocked)
OPTIONAL MATCH (barrier)-[:REMOVED_BY]->(remover)
OPTIONAL MATCH (lesson:Lesson)-[:REMOVED]->(barrier)
OPTIONAL MATCH (learner:City)-[:LEARNED]->(lesson)
RETURN barrier.statement, barrier.kind, barrier.until, barrier.confidence, blocked.name,
       [label IN labels(remover) WHERE label <> 'Fact'][0] AS type, remover.name, lesson.statement, learner.name
ORDER BY barrier.sinceDay, barrier.id, blocked.id, remover.id, lesson.id
