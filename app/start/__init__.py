"""From settings to a running server: the database, the service, trusted documents, logs."""
