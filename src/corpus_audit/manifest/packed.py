"""Very many models of one kind, held as bytes until they are looked at: as models they take eight times the memory."""

import pickle
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Any, Generic, TypeVar, overload

from corpus_audit.schemas.lean_model import LeanModel

_ModelT = TypeVar("_ModelT", bound=LeanModel)

AT_ONCE = 100
"""Models that are checked together and are bytes together: what one look makes of them again."""


class Packed(Sequence[_ModelT], Generic[_ModelT]):
    """Models that were checked; each is made again, equal to what it was, whenever it is asked for."""

    def __init__(self, model: type[_ModelT], models: Iterable[_ModelT]) -> None:
        self._model = model
        self._names = tuple(model.model_fields)
        rest, self._length = iter(models), 0
        self._portions: list[bytes] = []
        while some := list(islice(rest, AT_ONCE)):
            self._length += len(some)
            self._portions.append(self._pack(some))

    def portions(self) -> Iterator[list[_ModelT]]:
        """Yield the models some at a time, in their order."""
        return map(self._unpack, self._portions)

    def values(self, name: str) -> Iterator[Any]:
        """Yield one field of each, without making the models again."""
        at = self._names.index(name)
        return chain.from_iterable(_loaded(portion)[0][at] for portion in self._portions)

    def __len__(self) -> int:
        """Return how many there are."""
        return self._length

    def __iter__(self) -> Iterator[_ModelT]:
        """Yield the models in their order."""
        return chain.from_iterable(self.portions())

    @overload
    def __getitem__(self, index: int) -> _ModelT: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[_ModelT, ...]: ...

    def __getitem__(self, index: int | slice) -> _ModelT | tuple[_ModelT, ...]:
        """Return one of them, or some."""
        found = range(self._length)[index]
        if isinstance(found, range):
            return tuple(self[at] for at in found)
        portion, at = divmod(found, AT_ONCE)
        return self._unpack(self._portions[portion])[at]

    def __eq__(self, other: object) -> bool:
        """True for the same models in the same order, packed or not."""
        if not isinstance(other, Packed | tuple | list):
            return NotImplemented
        return len(self) == len(other) and all(mine == theirs for mine, theirs in zip(self, other, strict=True))

    def __hash__(self) -> int:
        """Return the hash of a tuple of the same models."""
        return hash(tuple(self))

    def __repr__(self) -> str:
        """Return what a tuple of the same models shows."""
        return repr(tuple(self))

    def _pack(self, models: Sequence[_ModelT]) -> bytes:
        columns = [[vars(model)[name] for model in models] for name in self._names]
        return pickle.dumps((columns, [model.model_fields_set for model in models]))

    def _unpack(self, portion: bytes) -> list[_ModelT]:
        columns, given = _loaded(portion)
        remake, names = self._model.remade, self._names
        return [remake(dict(zip(names, row)), of_row) for *row, of_row in zip(*columns, given)]  # noqa: B905 - 1 µs each


def _loaded(portion: bytes) -> Any:
    return pickle.loads(portion)  # noqa: S301 - made above, and never stored
