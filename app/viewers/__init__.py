"""Viewers: a token becomes a viewer; grants and API keys, and who administers them."""
