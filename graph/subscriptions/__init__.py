"""GraphQL subscriptions: a document that follows the event log, and its events as they are sent. Start at `run`."""
