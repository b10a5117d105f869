"""Pages for browsers, in a Chromium whose network is cut."""
