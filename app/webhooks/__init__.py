"""Webhooks are sent: a signed POST for each event of the log. Start at `sending`, then `one`; `post` does the HTTP."""
