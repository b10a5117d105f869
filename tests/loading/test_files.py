"""Files as people save them: marks of their encoding, other encodings, and objects that name a key twice."""

import json
from pathlib import Path

import pytest

from graph.load.files import ACCEPTED, UnreadableFile, read_file
from tests.loading.rows import line_of

ROW = '{"label": "Visit", "title": "é"}\n'


def saved(path: Path, raw: bytes) -> Path:
    path.write_bytes(raw)
    return path


def reasons(path: Path) -> list[tuple[int, str]]:
    return [(line_of(problem), problem.reason) for problem in read_file(path).problems]


def test_a_mark_of_utf_8_at_the_beginning_is_accepted(tmp_path: Path) -> None:
    read = read_file(saved(tmp_path / "a.jsonl", ROW.encode("utf-8-sig")))
    assert read.problems == ()
    assert [row.values for row in read.rows] == [json.loads(ROW)]


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16-le", "utf-16-be"])
def test_a_line_in_another_encoding_says_how_to_save_the_file(tmp_path: Path, encoding: str) -> None:
    found = reasons(saved(tmp_path / "a.jsonl", (ROW + ROW).encode(encoding)))
    assert found
    assert all("is not UTF-8; save the file as UTF-8" in reason for _, reason in found)


def test_the_lines_of_another_encoding_that_are_the_same_in_utf_8_are_read(tmp_path: Path) -> None:
    read = read_file(saved(tmp_path / "a.jsonl", (ROW.replace("é", "e") + ROW).encode("latin-1")))
    assert ([row.where for row in read.rows], [line_of(problem) for problem in read.problems]) == (["a.jsonl:1"], [2])


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_file_that_says_it_is_utf_16_is_refused_as_a_whole(tmp_path: Path, encoding: str) -> None:
    with pytest.raises(UnreadableFile, match="is UTF-16; save the file as UTF-8"):
        read_file(saved(tmp_path / "a.jsonl", ("\ufeff" + ROW).encode(encoding)))


@pytest.mark.parametrize(
    ("row", "key"),
    [
        ('{"label": "Visit", "title": "a", "title": "b"}', "title"),
        ('{"label": "Visit", "title": "a", "title": "a"}', "title"),
        ('{"title" : "a: b", "t\\u0069tle" :"c"}', "title"),
        ('{"costPerDelegate": {"amount": 1, "amount": 2, "currency": "USD"}}', "amount"),
        ('{"note": [{"a": 1, "a": 2}]}', "a"),
        ('{"_mine": 1, "_mine": 2}', "_mine"),
    ],
)
def test_an_object_that_names_a_key_twice_is_refused_and_the_key_is_named(tmp_path: Path, row: str, key: str) -> None:
    found = reasons(saved(tmp_path / "a.jsonl", f"{ROW}{row}\n".encode()))
    assert found == [(2, f"names {key!r} twice; one of the two values would be lost")]


@pytest.mark.parametrize(
    "row",
    ['{"note": "a: b, \\"note\\": c"}', '{"url": "http://a"}', '{"a": {"a": {"a": 1}}}', '{"a": [":", {"a": 1}]}'],
)
def test_colons_elsewhere_name_nothing_twice(tmp_path: Path, row: str) -> None:
    read = read_file(saved(tmp_path / "a.jsonl", row.encode()))
    assert read.problems == ()
    assert read.rows[0].values == json.loads(row)


def test_a_row_that_is_nested_too_deep_is_one_bad_row(tmp_path: Path) -> None:
    deep = '{"a": ":", "b": ' + "[" * 1_015 + "]" * 1_015 + "}\n"
    found = read_file(saved(tmp_path / "a.jsonl", (deep + ROW).encode()))
    assert len(found.rows) + len(found.problems) == 2
    assert found.rows[-1].values["title"] == "é"


@pytest.mark.parametrize(
    ("name", "raw", "says"),
    [
        ("a.csv", b"label,id\nVisit,visit/a\n", "is CSV"),
        ("a.TSV", b"label\tid\n", "is CSV"),
        ("a.xlsx", b"PK\x03\x04more", "is an Excel or a zip file"),
        ("a.xls", b"\xd0\xcf\x11\xe0more", "is an Excel file"),
        ("a.jsonl", b"PK\x03\x04more", "is an Excel or a zip file"),
        ("a.parquet", b"PAR1more", "is a Parquet file"),
        ("a.jsonl.gz", b"\x1f\x8bmore", "is a compressed file"),
        ("a.json", b' \n[{"label": "Visit"}]', "is one JSON array"),
        ("a.json", b"\xef\xbb\xbf[]", "is one JSON array"),
        ("a.json", b'{\n  "label": "Visit"\n}', "is JSON over several lines"),
    ],
)
def test_another_format_gets_one_line_that_says_what_is_accepted(
    tmp_path: Path, name: str, raw: bytes, says: str
) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_file(saved(tmp_path / name, raw))
    assert str(refused.value).endswith(f"{name} {says}; {ACCEPTED}.")


@pytest.mark.parametrize("name", ["a.json", "a.csv", "a"])
def test_rows_are_read_whatever_the_name_of_the_file(tmp_path: Path, name: str) -> None:
    assert len(read_file(saved(tmp_path / name, ROW.encode())).rows) == 1


def test_a_file_has_at_most_20_000_rows(tmp_path: Path) -> None:
    full = saved(tmp_path / "a.jsonl", ROW.encode() * 20_000 + b"\n\n")
    assert len(read_file(full).rows) == 20_000
    with pytest.raises(UnreadableFile, match=r"a\.jsonl has 20,001 rows; at most 20,000 are accepted\. Split it\."):
        read_file(saved(tmp_path / "a.jsonl", ROW.encode() * 20_000 + b"no row\n"))
