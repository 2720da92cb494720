"""License texts are looked at in a worker: they are foreign, and templates may need any time for one of them."""

from collections.abc import Sequence

from corpus_audit import guard
from corpus_audit.guard import Limits, WorkerDiedError
from corpus_audit.guard.death import no_reason

Recognised = tuple[str, ...] | None
"""The SPDX ids of the licenses that a text holds; None where looking at it ended the worker."""


def recognise_guarded(texts: Sequence[str], expected: Sequence[frozenset[str]], limits: Limits) -> list[Recognised]:
    """Return what ``recognise_texts`` returns, under *limits*; None for a text that ends its worker.

    Raises GuardError where a worker ends at none of them.
    """
    found: list[Recognised] = [None] * len(texts)
    left = list(range(len(texts)))
    while left:
        some = [(texts[number], expected[number]) for number in left]
        try:
            answers = guard.run_again_if_killed(lambda: guard.run(_look_in_worker, left, some, limits=limits))  # noqa: B023
        except WorkerDiedError as error:
            guilty = next((number for number in left if str(number) == error.death.place), None)
            if guilty is None:
                raise no_reason(error.death) from None
            left.remove(guilty)
        else:
            for number, ids in zip(left, answers, strict=True):
                found[number] = tuple(ids)
            break
    return found


def _look_in_worker(numbers: Sequence[int], some: Sequence[tuple[str, frozenset[str]]]) -> list[tuple[str, ...]]:
    # Imported here: what recognises licenses takes long to load, and only the worker needs it.
    from corpus_audit.rights.license_texts import recognise_texts

    def begin(at: int) -> None:
        guard.begin_file(str(numbers[at]), len(some[at][0].encode()))

    return recognise_texts([text for text, _ in some], [wanted for _, wanted in some], begin)
