"""Computed fields, one file for each kind. In: a declaration. Out: its Computation: what it needs, its Cypher and its value.

A new kind is a class in schema/language/computed.py, a file here and a line in this table.
"""

from typing import Any

from graph.computed.change_between_waves import ChangeBetweenWavesComputation
from graph.computed.field import Computation
from graph.computed.pairs import PairsComputation
from graph.computed.said_in_wave import SaidInWaveComputation
from graph.computed.share import ShareComputation
from graph.computed.size import SizeComputation
from graph.computed.years_between import YearsBetweenComputation
from schema.language.computed import ChangeBetweenWaves, ComputedField, Pairs, SaidInWave, Share, Size, YearsBetween

COMPUTATIONS: dict[type[ComputedField], type[Computation[Any]]] = {
    ChangeBetweenWaves: ChangeBetweenWavesComputation,
    Pairs: PairsComputation,
    SaidInWave: SaidInWaveComputation,
    Share: ShareComputation,
    Size: SizeComputation,
    YearsBetween: YearsBetweenComputation,
}


def computation(declared: ComputedField) -> Computation[Any]:
    """Return how a declared field is computed: by the kind of its declaration, never by its name."""
    return COMPUTATIONS[type(declared)](declared)
