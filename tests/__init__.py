"""Tests: document families against an honest oracle, architecture rules, bad input, loading, the managed server."""
