"""The end of a command: Python would take apart every module that it loaded, which takes a third of a second."""

import atexit
import os
import sys
import threading


def end_now(code: object) -> None:
    """End this process with an exit code, after all that was to run at its end.

    Return, so that Python ends it, where a thread still works, output cannot be written, or the code is a message.
    """
    if not (code is None or isinstance(code, int)) or _has_working_threads():
        return
    try:
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
    except Exception:  # noqa: BLE001 - Python says so as it does without this
        return
    os._exit(code or 0)


def _has_working_threads() -> bool:
    main = threading.main_thread()
    return any(thread is not main and not thread.daemon for thread in threading.enumerate())
