"""What is measured. In: nothing. Out: NETWORK and PERSON of a network and of each person, and MEASURED: fields of Query."""

from schema.domain.measures.cloud import BASIS, CHANGE, COLUMNS, GROUP_OF_PERSON, NEWCOMER, OVERLAP
from schema.domain.measures.gaps import CLIQUE, GAPS
from schema.domain.measures.groups import COMMUNITY, GROUPS, MIXING_GROUP, SIGNATURE_VALUES
from schema.domain.measures.learning import NAMES as LEARNING
from schema.domain.measures.people import PERSON_MEASURES
from schema.domain.measures.types import PERSON_OF_CLOUD, TIE
from schema.domain.measures.whole import WHOLE
from schema.language.computed import ObjectType
from schema.language.networks import CLOUD

NETWORK = (*WHOLE, *GROUPS, *GAPS)
PERSON = PERSON_MEASURES
MEASURED = frozenset({CLOUD, *LEARNING})
"""The fields of Query that measure, which no statement of a question answers."""


def types() -> tuple[ObjectType, ...]:
    """Return every object type that a measure returns, each once."""
    returned = [each.returns for each in (*NETWORK, *PERSON) if isinstance(each.returns, ObjectType)]
    parts = (
        PERSON_OF_CLOUD,
        TIE,
        COMMUNITY,
        MIXING_GROUP,
        SIGNATURE_VALUES,
        CLIQUE,
        BASIS,
        COLUMNS,
        GROUP_OF_PERSON,
        NEWCOMER,
        CHANGE,
        OVERLAP,
    )
    return tuple(dict.fromkeys((*parts, *returned)))
