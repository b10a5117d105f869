"""Tests of feeds: runs, deletions, interruptions, schedules."""
