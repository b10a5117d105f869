"""`citygraph cloud` and `citygraph figure`, over the seeds, without a server."""

import json
from pathlib import Path
from xml.etree import ElementTree as Xml

from tests.cli.conftest import Run

SEATTLE, TURIN = "city/us-wa-seattle", "city/it-12-turin"


def test_two_cities_stand_side_by_side(run: Run) -> None:
    code, out, err = run("cloud", SEATTLE, TURIN)
    assert (code, err) == (0, "")
    rows = {line.split()[1]: line for line in out.splitlines() if len(line.split()) > 2}
    assert "MIXED" in rows["signature.shape"]
    assert "SINGLE_TIGHT_CLUSTER" in rows["signature.shape"]
    assert "Density falls" in out
    assert "A single tight cluster: the largest part has" in out
    assert " to " in rows["signature.excess"], "the spread over seeds"
    # No measure loses the end of its name.
    assert {"components.largestShare", "signature.largestShare", "heldByOneTie", "introductions"} <= rows.keys()
    assert "…" not in out


def test_growth_and_other_layers_stand_below(run: Run) -> None:
    """Nobody joined in Seattle, so its column has nothing of newcomers."""
    code, out, _ = run("cloud", SEATTLE, TURIN, "--growth", "--beside", "SHARED_MEMBERSHIP")
    assert code == 0
    rows = {
        line.split()[1]: [cell.strip() for cell in line.split("│")[2:4]] for line in out.splitlines() if "│" in line
    }
    for at in (0, 1):
        kept, appeared, ended, unknown = (
            int(rows[f"changeSince.{each}"][at]) for each in ("kept", "appeared", "ended", "unknown")
        )
        assert unknown > 0
        assert rows["changeSince.stability"][at] == f"{kept / (kept + appeared + ended):.4f}"
        assert -1 < float(rows["beside.correlation"][at]) < 1
    assert [rows["changeSince.joined"][0], rows["joined.stepsToCore"][0]] == ["0", "-"]
    counts = [int(each.partition(":")[2]) for each in rows["joined.stepsToCore"][1].split(", ")]
    assert sum(counts) == int(rows["changeSince.joined"][1]) > 0


def test_what_remains_without_the_elected_is_json(run: Run) -> None:
    sizes = []
    for more in ((), ("--without-elected",)):
        code, out, _ = run("cloud", SEATTLE, "--json", *more)
        assert code == 0
        found = json.loads(out)["data"]["c0"]
        sizes.append(found.get("whatIf", found)["on"]["people"])
    assert sizes[1] < sizes[0] == 55


def test_people_are_listed_with_their_measures(run: Run) -> None:
    code, out, _ = run("cloud", SEATTLE, "--people", "--direction", "UNION")
    assert code == 0
    assert out.count("Leader ") == 55


def test_what_is_wrong_is_said(run: Run) -> None:
    code, _, err = run("cloud", "roster/nobody-has-this")
    assert code == 1
    assert err == "citygraph: roster/nobody-has-this has no roster that this viewer may see.\n"
    assert run("cloud", SEATTLE, "roster/nobody-has-this")[0] == 0
    assert "no roster that this viewer may see" in run("cloud", SEATTLE, "--as", "anonymous")[2]
    code, _, err = run("cloud", SEATTLE, "--layer", "loves")
    assert code == 1
    assert "LOVES" in err
    assert "at most 5 are" in run("cloud", *[SEATTLE] * 6)[2]


def test_figures_are_written_into_files(run: Run, tmp_path: Path) -> None:
    svg, png = tmp_path / "cloud.svg", tmp_path / "exchange.png"
    assert run("figure", "cloud", f"city={TURIN}", "-o", str(svg))[0] == 0
    assert "Leaders of Turin" in " ".join(Xml.fromstring(svg.read_bytes()).itertext())
    assert run("figure", "exchange", "synthetic=false", "from=2010", "-o", str(png))[0] == 0
    assert png.read_bytes().startswith(b"\x89PNG")


def test_a_figure_that_cannot_be_drawn(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "x.svg"
    for arguments, says in {
        ("pie",): "pie is no kind of figure; accepted are cloud, growth, what-if, exchange, map, diffusion, spread.",
        ("cloud", "city"): "city is no argument",
        ("cloud", f"city={SEATTLE}", "wave=wave/x"): "There is nothing to draw",
        ("cloud",): "give either `city` or `roster`",
    }.items():
        code, _, err = run("figure", *arguments, "-o", str(out))
        assert code == 1
        assert says in err
    assert "a figure of this kind ends in .svg or .png" in run("figure", "map", "-o", str(tmp_path / "x.gif"))[2]
    assert not out.exists()
