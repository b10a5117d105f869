"""Texts that are no accepted dates: what is proposed in their place, and that it is accepted."""

import pytest

from schema.language.edtf import EdtfError, parse


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("31/05/2031", ("2031-05-31",)),
        ("12/05/2031", ("2031-05-12", "2031-12-05")),
        ("31/06/2031", ("2031-06",)),
        ("05/2031", ("2031-05",)),
        ("2031-5-3", ("2031-05-03",)),
        ("2031-02-30", ("2031-02",)),
        ("2031-13-05", ("2031-05-13",)),
        ("2031-05-02T10:00Z", ("2031-05-02",)),
        ("20310502", ("2031-05-02",)),
        ("3rd of May 2031", ("2031-05-03",)),
        ("May 3, 2031", ("2031-05-03",)),
        ("1990s", ("199X",)),
        ("c. 1991", ("1991~",)),
        ("1989-1992", ("[1989..1992]",)),
        ("since 1990", ("[1990..]",)),
        (" 2031", ("2031",)),
        ("soon", ()),
        ("1231231231", ()),
    ],
)
def test_what_is_meant_is_proposed(text: str, meant: tuple[str, ...]) -> None:
    with pytest.raises(EdtfError) as refused:
        parse(text)
    assert refused.value.meant == meant
    assert [parse(each).text for each in meant] == list(meant)
    assert not meant or f"did you mean {' or '.join(meant)}?" in str(refused.value)
