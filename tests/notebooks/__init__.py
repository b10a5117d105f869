"""The notebooks for analysts run, and show what is written in them."""
