"""Tests of the connectors against real and faulty servers."""
