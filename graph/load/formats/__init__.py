"""Files of other formats. In: a path and options. Out: a Source that streams its records."""

from graph.load.formats.open import open_file
from graph.load.formats.options import FileOptions

__all__ = ["FileOptions", "open_file"]
