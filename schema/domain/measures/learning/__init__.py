"""The measures of learning. In: nothing. Out: QUESTIONS: fields of Query that measure it, and the types that they return."""

from schema.domain.measures.learning import cities, delegations, diffusion, exchange, organizations
from schema.domain.measures.learning.types import LEFT_OUT, MEASURED_FACT

QUESTIONS = (
    exchange.EXCHANGE,
    diffusion.DIFFUSION,
    diffusion.CONVERSION,
    organizations.COSTS,
    organizations.COUNCIL,
    organizations.WORK,
    cities.SCORECARD,
    cities.PEERS,
    delegations.BONDING,
)
TYPES = (
    MEASURED_FACT,
    LEFT_OUT,
    *exchange.TYPES,
    *diffusion.TYPES,
    *organizations.TYPES,
    *cities.TYPES,
    *delegations.TYPES,
)
NAMES = frozenset(each.name for each in QUESTIONS)
ABOUT = {
    "subject": ("Topic", "Practice"),
    "practice": ("Practice",),
    "programme": ("Programme",),
    "council": ("Council",),
    "city": ("City",),
    "visit": ("Visit",),
    "roster": ("Roster",),
}
"""What facts the arguments with an id are of."""
