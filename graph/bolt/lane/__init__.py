"""A Bolt client for one thing: a statement that reads and returns one value. The driver does everything else."""
