// Who leads and who follows in the joint projects of San Antonio's synthetic council in June 2024, and what each gives.
WITH date('2024-06-01') AS day
MATCH (:Council {id: 'council/us-tx-san-antonio-synthetic-agencies'})<-[tracked:TRACKED_BY]-(project:Project)
  WHERE tracked.sinceDay <= day AND (tracked.untilDay IS NULL OR tracked.untilDay > day)
    AND project.sinceDay <= day AND (project.untilDay IS NULL OR project.untilDay > day)
OPTIONAL MATCH (leader:Organization)-[leads:LEADS]->(project)
  WHERE leads.sinceDay <= day AND (leads.untilDay IS NULL OR leads.untilDay > day)
OPTIONAL MATCH (follower:Organization)-[follows:FOLLOWS]->(project)
  WHERE follows.sinceDay <= day AND (follows.untilDay IS NULL OR follows.untilDay > day)
RETURN project.name, project.status,
       leads.since, leads.people, leads.givenAmount, leads.givenCurrency, leader.name,
       follows.people, follows.givenAmount, follows.givenCurrency, follower.name
ORDER BY project.name, follower.name
