"""The data that comes with citygraph: rows with their sources and licences, questions, and the tool that makes rows."""

from pathlib import Path

ROWS = Path(__file__).with_name("rows")
QUESTIONS = Path(__file__).with_name("questions")
