"""Tests of the command line and of the settings that it reads."""
