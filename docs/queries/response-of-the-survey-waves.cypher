// Survey waves with their response.
MATCH (wave:Wave)-[:OF_ROSTER]->(:Roster)-[:OF_CITY]->(city:City)
RETURN wave.name AS name, wave.since AS since, wave.invited AS invited, wave.answered AS answered,
       toFloat(wave.answered) / wave.invited AS responseRate, city.name AS of
ORDER BY wave.sinceDay, wave.id
