"""Answers that are kept: never of another viewer, never stale within a process, and at most as stale as said across them."""
