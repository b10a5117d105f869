"""Share: one number of a fact divided by another. In: two properties. Out: a share, null if a number is missing."""

from graph.computed.field import Computation, Needs, Sites
from graph.cypher.fragments import Fragment, clause, name
from schema.language.computed import Share
from schema.model import Model


class ShareComputation(Computation[Share]):
    """Reads both numbers and divides them while the answer is shaped."""

    def needs(self, model: Model, owner: str) -> Needs:
        """Number nothing: both numbers are of the fact itself. Raise KeyError if one is not declared there."""
        for prop in (self.declared.part, self.declared.whole):
            model.properties(owner)[prop]
        return ()

    def cypher(self, sites: Sites) -> Fragment:
        """Write the two numbers of a node."""
        both = (self.declared.part, self.declared.whole)
        part, whole = (clause("{n}.{p}", n=sites.here.node, p=name(prop)) for prop in both)
        return clause("[{part}, {whole}]", part=part, whole=whole)

    def value(self, stored: list[int | None]) -> float | None:
        """Divide; there is no share if a number is missing or the whole is 0."""
        part, whole = stored
        return None if part is None or not whole else part / whole
