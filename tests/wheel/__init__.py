"""The built wheel, installed and started as a user does it."""
