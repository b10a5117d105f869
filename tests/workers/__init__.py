"""Several processes on one port: answers, state that they share, and how they start, end and are replaced."""
