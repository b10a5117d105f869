"""Configs of feeds with the options of portals. In: a file or text, limits. Out: a Config, or WrongConfig with every fault."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from graph.load.mapping import Config, WrongConfig, parse_config, read_config
from graph.load.records import Source
from graph.portals.kinds import kinds, open_portal
from graph.portals.limits import BadOptions, Limits
from schema.model import Model


def read(path: Path, model: Model, *, text: str | None = None, limits: Limits | None = None) -> Config:
    """Read a config from its file, or from the text that is stored of it; with limits, values for portals are checked too."""
    options = {name: ["url", *(option.name for option in kind.all_options)] for name, kind in kinds().items()}

    def check(given: Mapping[str, Any]) -> list[str]:
        try:
            open_portal(given, limits or Limits())
        except BadOptions as bad:
            return bad.problems
        return []

    asked = check if limits is not None else None
    if text is None:
        return read_config(path, model, options, asked)
    return parse_config(text, path, model, options, asked)


def source_of(config: Config, limits: Limits) -> Source:
    """Return what reads the records of a feed; raise WrongConfig."""
    if config.is_file:
        return config.open()
    try:
        return open_portal({"kind": config.from_.kind, **config.from_.values}, limits)
    except BadOptions as bad:
        raise WrongConfig([config.from_.problem(each) for each in bad.problems]) from bad
