"""The native writer: the same bytes as the Python path, whatever the record."""
