"""Attacks: questions that once got an answer they should not have, or cost more than a question may."""
