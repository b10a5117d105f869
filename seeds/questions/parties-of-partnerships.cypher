// Which cities, firms, universities and groups of citizens work together in which partnerships.
MATCH (partnership:Partnership)
  WHERE partnership.marking = 0
OPTIONAL MATCH (party)-[:PARTNERS_IN]->(partnership)
RETURN partnership.name, partnership.status, partnership.value,
       COUNT { (barrier:Barrier)-[:BLOCKS]->(partnership) WHERE barrier.marking = 0 } AS barriers,
       COUNT { ()-[:PARTNERS_IN]->(partnership) } AS parties,
       [label IN labels(party) WHERE label <> 'Fact'][0] AS type, party.name, party.kind
ORDER BY partnership.name, party.name, party.id
