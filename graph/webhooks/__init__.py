"""Webhooks as they are stored: what is sent to whom, how far it came, and what could not be delivered. Start at `webhook`."""
