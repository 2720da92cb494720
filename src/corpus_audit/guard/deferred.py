"""Functions that are named in one process and imported in another: the first one need not load them."""

from dataclasses import dataclass
from importlib import import_module
from typing import Any


@dataclass(frozen=True)
class Deferred:
    """A function of a module, without arguments, that is imported when it is called."""

    module: str
    name: str

    def __call__(self) -> Any:
        """Return what the function returns."""
        return getattr(import_module(self.module), self.name)()
