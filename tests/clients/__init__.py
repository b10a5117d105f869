"""Real clients, at the versions of the locks, against a server of ours."""
