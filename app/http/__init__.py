"""Stage 1 over HTTP: requests become questions with a viewer, answers become responses."""
