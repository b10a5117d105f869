"""Stage 9: the database over Bolt; the only package that imports the driver."""
