"""Tests of the seeds: every fact of the table is there, with its source, and the traps of the table were seen."""
