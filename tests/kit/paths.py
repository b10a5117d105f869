"""Where things are in a checkout. In: nothing. Out: paths that tests of several folders use."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
SEEDS = ROOT / "seeds"
DOCUMENTS = ROOT / "tests" / "language" / "documents"
"""Document families of the language, and the expected files of the questions in seeds/questions."""
ONE_DOCUMENT = ROOT / "tests" / "kit" / "trusted"
"""A folder with one trusted document. A server warms all that come with citygraph after each start: a minute of the database."""
