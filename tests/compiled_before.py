"""What was compiled before, for processes of tests that have a home of their own."""

import platformdirs


def compiled_before() -> dict[str, str]:
    """Return the variable by which a process finds the patterns and pages that this user has: ten seconds of work."""
    return {"XDG_CACHE_HOME": str(platformdirs.user_cache_path())}
