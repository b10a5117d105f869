"""The library that writes answers, beside this file as `library.so`; citygraph loads it if this package is installed."""
