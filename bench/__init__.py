"""Benchmarks: always ratios within one run, for absolute times are not stable between machines."""
