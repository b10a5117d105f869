"""The lane against the driver."""
