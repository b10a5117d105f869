"""Networks that are asked for as files. In: the kind of network and arguments as texts, as in an address. Out: a job."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from graph.access.rights import Rights
from graph.cypher.networks import NetworkStatement
from graph.errors import BadUserInput
from graph.export.graphs.clouds import SOURCES, told
from graph.export.graphs.jobs import CloudFile, ExchangeFile, File
from graph.measures.clouds import Clouds
from graph.measures.figured import only, visits, with_synthetic, words_of_cloud
from graph.measures.wanted import Wanted
from graph.measures.worker import Job
from graph.question.networks import Asking
from graph.question.turns import AtOnce

Asked = Mapping[str, str]
ALL = "all"
KINDS: Mapping[str, tuple[str, ...]] = {
    "cloud": ("city", "roster", "layer", "direction", "wave", "asOf", "waves", "synthetic"),
    "exchange": ("from", "to", "subject", "city", "synthetic"),
}
"""The kinds of networks, each with the names of its arguments."""


@dataclass(frozen=True)
class NetworkFiles:
    """Makes jobs of files for one viewer; `synthetic` is the default of that argument."""

    clouds: Clouds
    rights: Rights
    synthetic: bool

    def job(self, kind: str, asked: Asked, file: File) -> Job:
        """Return the job that writes a file; raise BadUserInput if an argument is wrong."""
        only(asked, KINDS[kind], "this network")
        synthetic = with_synthetic(asked, self.synthetic)
        if kind == "exchange":
            wanted = visits(asked, self.clouds.model)
            return ExchangeFile(self.rights, synthetic, wanted, file, self.clouds.workers.seconds)
        return self._cloud(asked, file, synthetic)

    def _cloud(self, asked: Asked, file: File, synthetic: bool) -> CloudFile:
        clouds, networks = self.clouds, self.clouds.networks
        words_of_cloud(asked, networks)
        if asked.get("waves", ALL) != ALL:
            raise BadUserInput(f"`waves` is {asked['waves'][:40]!r}; accepted is {ALL}.")
        all_waves = "waves" in asked
        if all_waves and {"wave", "asOf"} & set(asked):
            raise BadUserInput("`waves` asks for all waves: give it without `wave` and `asOf`.")
        layer = networks.layer(asked.get("layer") or networks.layers[0].name)
        if all_waves and layer.wave is None:
            stated = ", ".join(each.name for each in networks.layers if each.wave)
            raise BadUserInput(f"Ties of {layer.name} are of no wave; `waves` is accepted for {stated}.")
        people = clouds.model.routes[networks.roster][networks.survey.people].target
        named = tuple(told(layer, people, clouds.model))
        given = {name: value for name, value in asked.items() if name not in ("waves", "synthetic")}
        asking = Asking((), {}, self.rights, AtOnce(), synthetic)
        reading = clouds.reading(Wanted("network", "", given), asking, (*named, SOURCES) if named else ())
        statement = NetworkStatement(networks, clouds.model, layer, False, False, self.rights.by_audience, synthetic)
        waves = statement.waves().text if all_waves else None
        return CloudFile(reading, layer, networks, waves, self.rights, synthetic, file, clouds.workers.seconds)


def ending_of(path: Path, endings: Mapping[str, object]) -> str | None:
    """Return the ending of a path among those that are known, the longest that fits; None if there is none."""
    fits = [each for each in endings if path.name.endswith(f".{each}") and path.name != f".{each}"]
    return max(fits, key=len, default=None)
