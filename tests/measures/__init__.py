"""Tests of measures: check values of published networks, second implementations, random networks."""
