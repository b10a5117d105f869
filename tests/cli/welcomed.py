"""A process that says what `citygraph up` says once it serves. In: settings. Out: those lines on standard output."""

from app.cli.welcome import welcome
from app.start.secrets import local_token
from app.start.settings import read_settings

if __name__ == "__main__":
    settings = read_settings()
    welcome(settings, 8000, local_token(settings))
