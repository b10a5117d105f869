// Visits about each topic under mobility, in all and from 2010 to 2019.
MATCH (mobility:Topic {id: 'topic/mobility'})<-[:UNDER]-(topic:Topic)
RETURN mobility.name AS mobility, topic.name AS topic,
       COUNT { (topic)<-[:ABOUT]-(:Visit) } AS visits,
       COUNT { (topic)<-[:ABOUT]-(visit:Visit)
               WHERE visit.sinceDay >= date('2010-01-01') AND visit.sinceDay < date('2020-01-01') } AS inTheTwentyTens
ORDER BY topic
