"""The cities whose leaders are made up. In: nothing. Out: the clouds of Seattle, Turin and Portland, by file."""

from seeds.curate.cloud import Cloud
from seeds.curate.network import Shape

AGREED = "Everybody agreed to be named to members of the city, so the ties are AMBER."
DIFFERED = (
    "Who agreed to be named is seen by members of the city; who asked for a pseudonym by its steward alone, under another "
    "pseudonym in each wave; who answered for counts alone, or withdrew, has no ties here."
)
RULE = "Made up: {} leaders in the sectors that a city's leadership is drawn from. {}"

SEATTLE = Cloud(
    city="city/us-wa-seattle",
    name="Seattle",
    blocks=(18, 16, 14, 12),
    shares={"BUSINESS": 36, "CIVIC": 18, "ELECTED": 12, "PUBLIC": 20, "ACADEMIC": 8, "YOUTH": 6},
    trust=Shape(within=0.30, between=0.045, homophily=1.3, reciprocity=0.62, closure=0.08),
    known=Shape(within=0.12, between=0.43, homophily=1.0, reciprocity=0.70, closure=0.0),
    response=0.80,
    rule=RULE.format("sixty", AGREED),
    seed=170,
)
TURIN = Cloud(
    city="city/it-12-turin",
    name="Turin",
    blocks=(80,),
    core=24,
    shares={"BUSINESS": 24, "CIVIC": 18, "ELECTED": 12, "PUBLIC": 26, "ACADEMIC": 12, "YOUTH": 8},
    trust=Shape(within=0.075, between=0.0, homophily=1.0, reciprocity=0.70, closure=0.0, core=(0.30, 0.68)),
    known=Shape(within=0.50, between=0.0, homophily=1.0, reciprocity=0.70, closure=0.0, core=(0.36, 0.30)),
    response=0.85,
    rule=RULE.format("eighty", DIFFERED),
    seed=10,
    consents=True,
)
PORTLAND = Cloud(
    city="city/us-or-portland",
    name="Portland",
    blocks=(22, 20, 18, 17, 16, 14, 13),
    shares={"BUSINESS": 22, "CIVIC": 30, "ELECTED": 7, "PUBLIC": 21, "ACADEMIC": 10, "YOUTH": 10},
    trust=Shape(within=0.27, between=0.007, homophily=1.6, reciprocity=0.66, closure=0.12),
    known=Shape(within=0.08, between=0.14, homophily=1.0, reciprocity=0.70, closure=0.0),
    response=0.74,
    rule=RULE.format("one hundred and twenty", DIFFERED),
    seed=23,
    consents=True,
)
CLOUDS = {"50-seattle-leaders.jsonl": SEATTLE, "51-turin-leaders.jsonl": TURIN, "52-portland-leaders.jsonl": PORTLAND}
"""Clouds by the name of the file with their rows."""
