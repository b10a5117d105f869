"""What exists: the domain model, declared once, and everything that is derived from that declaration."""
