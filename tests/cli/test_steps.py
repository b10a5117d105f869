"""The bar of a run: a stage whose total nobody knows does not show the share of the stage before."""

from rich.progress import Progress

from app.cli.outcome import Steps


def test_each_stage_has_a_bar_of_its_own() -> None:
    bar = Progress(disable=True)
    step = Steps(bar)
    step("Writing", 5, 10)
    assert [(task.description, task.completed, task.total) for task in bar.tasks] == [("Writing", 5, 10)]
    step("Taking away", 3, None)
    step("Taking away", 4, None)
    assert [(task.description, task.completed, task.total) for task in bar.tasks] == [("Taking away", 4, None)]
