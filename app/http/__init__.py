"""Transports: requests over HTTP and WebSocket become questions of a viewer, answers become responses."""
