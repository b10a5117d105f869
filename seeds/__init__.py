"""What comes with citygraph: rows of facts, the raw files they were made from, questions, and the tool that makes rows."""

from pathlib import Path

ROWS = Path(__file__).with_name("rows")
QUESTIONS = Path(__file__).with_name("questions")
