// Meetings of San Antonio's synthetic council: how many were planned, held and missed, who came, what was decided.
MATCH (council:Council {id: 'council/us-tx-san-antonio-synthetic-agencies'})<-[:OF_COUNCIL]-(meeting:Meeting)
OPTIONAL MATCH (decision:Decision)-[:TAKEN_AT]->(meeting)
RETURN council.name,
       council.rhythm,
       COUNT { (council)<-[:OF_COUNCIL]-(:Meeting {status: 'PLANNED'}) } AS planned,
       COUNT { (council)<-[:OF_COUNCIL]-(:Meeting {status: 'HELD'}) } AS held,
       COUNT { (council)<-[:OF_COUNCIL]-(:Meeting {status: 'MISSED'}) } AS missed,
       meeting.since,
       meeting.status,
       COUNT { (:Organization)-[:ATTENDED]->(meeting) } AS agencies,
       decision.subject,
       decision.agreement
ORDER BY meeting.sinceDay, decision.id
