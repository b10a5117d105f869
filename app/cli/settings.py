"""Settings for commands that the owner of a machine runs. In: the environment, options. Out: settings, local by default."""

import os

from app.start.settings import Profile, Settings, read_settings


def local_settings(**options: object) -> Settings:
    """Read the settings with profile `local`, unless CITYGRAPH_PROFILE is set; options win over the environment.

    Raise SettingsError if a setting is wrong.
    """
    profile = {} if os.environ.get("CITYGRAPH_PROFILE") else {"profile": Profile.LOCAL}
    return read_settings(**profile, **options)
