"""Leadership: councils, projects, experiments and metrics."""
