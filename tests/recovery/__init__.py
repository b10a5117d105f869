"""Tests that kill processes and look whether the product heals."""
