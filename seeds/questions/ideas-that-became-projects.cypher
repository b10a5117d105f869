// Which shared ideas became projects and which did not: who proposed them, what others commented, what became of them.
MATCH (idea:Idea)
  WHERE idea.marking = 0
OPTIONAL MATCH (idea)-[:PROPOSED_BY]->(author)
OPTIONAL MATCH (idea)-[:BECAME]->(project:Project)
RETURN idea.name, idea.since, coalesce(idea.comments, []) AS comments, idea.fate, author.name, project.name, project.status
ORDER BY idea.sinceDay, idea.id, author.id, project.id
