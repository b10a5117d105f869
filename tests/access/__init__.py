"""What access promises: hidden facts change no answer."""
