"""The planted faults can be planted: each text occurs once in its file, and each stage has a fault."""

import pytest

from tests.faults.fault import Fault
from tests.faults.table import FAULTS
from tests.kit.paths import ROOT

STAGES = {
    "document", "selection", "cache", "plan", "cost", "guard", "as of", "checks", "render", "computed", "bind", "decode", "facts",
    "http", "events", "webhooks", "bolt", "access", "mutations", "answers", "export", "workers",
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.says)
def test_a_fault_can_be_planted(fault: Fault) -> None:
    assert (ROOT / fault.file).read_text(encoding="utf-8").count(fault.old) == 1
    assert fault.new not in ("", fault.old)
    assert all((ROOT / given).exists() for given in fault.tests if given.startswith("tests/"))


def test_every_stage_has_a_fault() -> None:
    assert {fault.stage for fault in FAULTS} == STAGES
    assert len(FAULTS) >= 20
