"""Commands tell of a file that cannot be written or read before they work, and what is shown meanwhile is not in the answer."""

from pathlib import Path

import pytest

from app.cli import main
from app.cli.drawing import whole
from app.cli.starting import fetching
from app.start.settings import SettingsError

CANNOT = {
    ("figure", "exchange", "-o", "{no}/a.svg"): "a.svg cannot be written: No such file or directory.",
    ("network", "exchange", "-o", "{no}/a.gexf"): "a.gexf cannot be written: No such file or directory.",
    ("schema", "--reference", "{file}/pages"): "pages cannot be written: Not a directory.",
    ("load", "{no}/rows.jsonl"): "rows.jsonl cannot be read: No such file or directory.",
    ("load", "{file}", "--mapping", "{no}/feed.yaml"): "feed.yaml cannot be read: No such file or directory.",
    (
        "mapping",
        "suggest",
        "{file}",
        "--out",
        "{no}/feed.yaml",
    ): "feed.yaml cannot be written: No such file or directory.",
}


@pytest.mark.parametrize("words", CANNOT, ids=" ".join)
def test_a_file_that_cannot_be_used_is_named(
    words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "visits.csv"
    file.write_text("title,host\nA,B\n")
    given = [word.format(no=tmp_path / "absent", file=file) for word in words]
    monkeypatch.setattr("sys.argv", ["citygraph", *given])
    # Whoever started Neo4j first would look for it here, and fail in another way.
    monkeypatch.setenv("NEO4J_URI", "bolt://127.0.0.1:1")
    monkeypatch.setenv("NEO4J_PASSWORD", "none")
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    assert CANNOT[words] in capsys.readouterr().err


def test_a_file_is_replaced_as_a_whole_or_not_at_all(tmp_path: Path) -> None:
    out = tmp_path / "a.svg"
    out.write_text("before")

    def fail() -> None:
        with whole(out) as draft:
            draft.write_text("half")
            raise SettingsError("refused")

    with pytest.raises(SettingsError, match="refused"):
        fail()
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [("a.svg", "before")]
    with whole(out) as draft:
        draft.write_text("after")
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [("a.svg", "after")]


def test_a_download_is_told_beside_the_answer(capsys: pytest.CaptureFixture[str]) -> None:
    with fetching() as fetched:
        for done in range(4):
            fetched(done, 3, done * 2**20)
    assert capsys.readouterr() == ("", "Fetching Neo4j\n")
    with fetching():
        pass
    assert capsys.readouterr() == ("", "")
