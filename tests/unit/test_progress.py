"""Progress of a stage: thousandths of its steps, which add up to what the stage declares."""

import pytest

from corpus_audit.pipeline.progress import SHARES, share_of
from corpus_audit.pipeline.stages import STAGES

WITHOUT = {"ingest": "nothing is known of the audit yet", "conclude": "it takes no time that depends on the data"}


@pytest.mark.parametrize("steps", [1, 3, 7, 1000, 2500])
def test_steps_add_up_to_the_whole(steps: int) -> None:
    told: list[int] = []
    tell = share_of(told.append)
    for done in range(1, steps + 1):
        tell(done, steps)
    assert sum(told) == SHARES
    assert min(told) > 0


def test_steps_that_are_told_again_are_counted_once() -> None:
    told: list[int] = []
    tell = share_of(told.append)
    for done in (1, 1, 2, 1):
        tell(done, 4)
    tell(0, 0)
    assert told == [250, 250]


def test_every_stage_that_may_take_minutes_says_what_it_works_through() -> None:
    assert {stage.name for stage in STAGES if stage.units is None} == WITHOUT.keys()
