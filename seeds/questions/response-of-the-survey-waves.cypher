// Survey waves with their response rate and their trust ties, compared with the wave before.
MATCH (wave:Wave)-[:OF_ROSTER]->(roster:Roster)-[:OF_CITY]->(city:City)
OPTIONAL MATCH (roster)<-[:OF_ROSTER]-(before:Wave) WHERE before.sinceDay < wave.sinceDay
CALL (wave, before, roster) {
  MATCH (roster)<-[:LISTED_ON]-(one:Person)-[tie:TRUSTS]->(other:Person) WHERE tie.wave IN [wave.id, before.id]
  WITH one, other, collect(DISTINCT tie.wave) AS said
  WITH one, other, said, CASE WHEN said = [wave.id] THEN before ELSE wave END AS silent
  WITH said, EXISTS { (one)-[answer:ANSWERED]->(silent) WHERE answer.consent IN ['NAMED', 'PSEUDONYM'] }
         AND EXISTS { (other)-[listed:LISTED_ON]->(roster)
                      WHERE listed.sinceDay <= silent.sinceDay
                        AND (listed.untilDay IS NULL OR listed.untilDay > silent.sinceDay) } AS known
  RETURN count(CASE WHEN size(said) = 2 THEN 1 END) AS lasted,
         count(CASE WHEN said = [wave.id] AND known THEN 1 END) AS appeared,
         count(CASE WHEN said = [before.id] AND known THEN 1 END) AS ended,
         count(CASE WHEN size(said) = 1 AND NOT known THEN 1 END) AS unknown
}
WITH wave, city, CASE WHEN before IS NOT NULL THEN [lasted, appeared, ended, unknown] ELSE [] END AS change
RETURN wave.name AS name, wave.since AS since, wave.invited AS invited, wave.answered AS answered,
       toFloat(wave.answered) / wave.invited AS responseRate,
       change[0] AS lasted, change[1] AS appeared, change[2] AS ended, change[3] AS unknown,
       city.name AS of
ORDER BY wave.sinceDay, wave.id
