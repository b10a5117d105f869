"""Entity resolution: names of cities and organizations become ids of facts, or wait for a person."""
