"""Where tests keep what people would have seen."""

import os
from pathlib import Path

SCREENSHOTS = Path(os.environ.get("SCREENSHOTS", Path(__file__).parents[2] / "build" / "screenshots"))


def screenshot_path(name: str) -> Path:
    """Return where a screenshot goes; its folder is there then."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    return SCREENSHOTS / f"{name}.png"
