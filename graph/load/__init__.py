"""Loading: files of rows become facts. Read, check, decide, write; each step hands a frozen value to the next."""
