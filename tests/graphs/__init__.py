"""Networks as files: every format is read back by others, and says what it cannot hold."""
