"""License texts are looked at in a worker: they are foreign, and templates may need any time for one of them."""

from collections.abc import Sequence

from corpus_audit import guard
from corpus_audit.errors import GuardError
from corpus_audit.guard import Limits, WorkerDiedError


def recognise_guarded(
    texts: Sequence[str], expected: Sequence[frozenset[str]], limits: Limits
) -> list[tuple[str, ...]]:
    """Return what ``recognise_texts`` returns, under *limits*; () for a text that ends its worker.

    Raises GuardError where a worker ends at none of them.
    """
    found: list[tuple[str, ...]] = [()] * len(texts)
    left = list(range(len(texts)))
    while left:
        try:
            answers = guard.run_again_if_killed(lambda: _recognise(texts, expected, left, limits))
        except WorkerDiedError as error:
            left.remove(_guilty(error, left))
        else:
            for number, ids in zip(left, answers, strict=True):
                found[number] = tuple(ids)
            break
    return found


def _recognise(
    texts: Sequence[str], expected: Sequence[frozenset[str]], numbers: Sequence[int], limits: Limits
) -> list[list[str]]:
    some = [(texts[number], expected[number]) for number in numbers]
    answers: list[list[str]] = guard.run(_look_in_worker, numbers, some, limits=limits)
    return answers


def _look_in_worker(numbers: Sequence[int], some: Sequence[tuple[str, frozenset[str]]]) -> list[tuple[str, ...]]:
    # Imported here: what recognises licenses takes long to load, and only the worker needs it.
    from corpus_audit.rights.license_texts import recognise_texts

    def begin(at: int) -> None:
        guard.begin_file(str(numbers[at]), len(some[at][0].encode()))

    return recognise_texts([text for text, _ in some], [wanted for _, wanted in some], begin)


def _guilty(error: WorkerDiedError, numbers: Sequence[int]) -> int:
    """Return the number of the text at which a worker ended."""
    for number in numbers:
        if str(number) == error.death.place:
            return number
    message = (
        f"A process that looks at license texts ended, and no text is the reason ({error.death.detail}). See that the "
        "machine has the memory that its workers need, then run the same command again: it goes on where it stopped."
    )
    raise GuardError(message)
