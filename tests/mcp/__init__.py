"""Tools of assistants, asked by the client of the official SDK, on both transports."""
