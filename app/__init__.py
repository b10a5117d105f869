"""Who asks, and over what: HTTP, viewers and the command line."""
