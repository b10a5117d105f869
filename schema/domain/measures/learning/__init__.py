"""The measures of learning. In: nothing. Out: QUESTIONS: fields of Query that measure it, and the types that they return."""

from schema.domain.measures.learning.diffusion import CONVERSION, DIFFUSION
from schema.domain.measures.learning.diffusion import TYPES as OF_DIFFUSION
from schema.domain.measures.learning.exchange import EXCHANGE
from schema.domain.measures.learning.exchange import TYPES as OF_EXCHANGE
from schema.domain.measures.learning.types import LEFT_OUT, MEASURED_FACT

QUESTIONS = (EXCHANGE, DIFFUSION, CONVERSION)
TYPES = (MEASURED_FACT, LEFT_OUT, *OF_EXCHANGE, *OF_DIFFUSION)
NAMES = frozenset(each.name for each in QUESTIONS)
ABOUT = {"subject": ("Topic", "Practice"), "practice": ("Practice",)}
"""What facts the arguments with an id are of."""
