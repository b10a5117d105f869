"""The database over Bolt: connections, reads, writes and profiles. Only this package imports the driver."""
