"""The command line in a process that cannot reach the network; a module, so that a forked process finds it."""

import socket
from typing import Any, NoReturn

from preloaded import command_line


def offline_command_line(*arguments: str) -> None:
    """Be the program ``corpus-audit``, which ends where anything asks for the network."""
    socket.socket.connect = socket.getaddrinfo = _refuse  # type: ignore[method-assign, assignment]
    command_line(*arguments)


def _refuse(*_arguments: Any, **_options: Any) -> NoReturn:
    raise SystemExit("something asked for the network")
