"""Benchmarks. They compare two ways within one run, because absolute times differ between machines and days."""
