"""`citygraph token`. In: settings. Out: the token of the local steward, made if there is none yet."""

from app.cli.settings import local_settings
from app.start import secrets
from app.start.settings import SettingsError


def token() -> None:
    """Print the token of the local steward."""
    local_token = secrets.local_token(local_settings())
    if local_token is None:
        raise SettingsError("There is a token in local mode only. Unset CITYGRAPH_PROFILE or set it to `local`.")
    print(local_token)
