"""The config file of a feed. In: YAML. Out: Config, whose mapper turns records into rows."""

from graph.load.mapping.config import Config, parse_config, read_config
from graph.load.mapping.spots import Complaint, WrongConfig

__all__ = ["Complaint", "Config", "WrongConfig", "parse_config", "read_config"]
