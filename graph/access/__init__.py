"""Who may see what. Nothing here reads or writes the database."""
