"""A pipe that ties a process to its parent: when its other end closes, the system ends the process.

The parent holds the writing end and never writes. The system closes it however the parent ends (SIGKILL too), and
sends the signal itself, so that a process that is busy in a parser ends as well. Linux ends a child by
``PR_SET_PDEATHSIG`` when the *thread* that started it ends, which is too early where threads start workers.
"""

import fcntl
import os
import signal


def end_with_parent(lifeline: int) -> None:
    """End this process, without delay, as soon as no process holds the writing end of *lifeline*."""
    fcntl.fcntl(lifeline, fcntl.F_SETSIG, signal.SIGKILL)
    fcntl.fcntl(lifeline, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(lifeline, fcntl.F_SETFL, fcntl.fcntl(lifeline, fcntl.F_GETFL) | os.O_ASYNC | os.O_NONBLOCK)
    try:
        os.read(lifeline, 1)
    except BlockingIOError:
        return
    os._exit(1)  # the parent ended before this process listened
