"""Models of which there may be hundreds of thousands at a time."""

from typing import Any, Self

from pydantic import BaseModel

_GIVEN: dict[frozenset[str], set[str]] = {}
"""Each set of names that some model was given, once: there are few, as models come from the same places."""

_NOTHING_MORE = (("__pydantic_extra__", None), ("__pydantic_private__", None))


class LeanModel(BaseModel):
    """A model that is never changed once made, and shares the set of the fields it was given with others.

    A set of its own takes up to 2 kB, several times what the fields take.
    """

    def model_post_init(self, context: Any, /) -> None:  # noqa: ARG002 - pydantic's signature
        """Take the shared set in the place of its own."""
        given = self.model_fields_set
        object.__setattr__(self, "__pydantic_fields_set__", _GIVEN.setdefault(frozenset(given), given))

    @classmethod
    def remade(cls, values: dict[str, Any], given: set[str]) -> Self:
        """Return a model of all its *values*, which were checked before, some of them *given*."""
        made = cls.__new__(cls)
        for name, value in _NOTHING_MORE:
            object.__setattr__(made, name, value)
        object.__setattr__(made, "__dict__", values)
        object.__setattr__(made, "__pydantic_fields_set__", given)
        return made
