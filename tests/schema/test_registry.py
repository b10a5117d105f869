"""A type of the schema has no two fields of one name: the second would take the place of the first."""

import pytest

from schema.derived.graphql.build import core, schema
from schema.derived.graphql.registry import Argument, Field, Registry
from schema.domain.measures import MEASURED
from schema.model import model


def test_two_fields_of_one_name_are_refused() -> None:
    fields = [Field("a", "str"), Field("b", "str"), Field("a", "int")]
    with pytest.raises(ValueError, match="Made has two fields a"):
        Registry().object("Made", None, fields)
    arguments = [Argument("a", "str"), Argument("a", "list[str]")]
    with pytest.raises(ValueError, match="Given has two fields a"):
        Registry().input("Given", None, arguments)


def test_every_concept_has_its_fields_of_the_root() -> None:
    query = core(schema()).query_type
    assert query is not None
    for label, spec in model().concepts.items():
        assert str(query.fields[spec.singular].type) == label
        assert str(query.fields[spec.plural].type) == f"{label}Connection!"
    assert set(query.fields) >= MEASURED
