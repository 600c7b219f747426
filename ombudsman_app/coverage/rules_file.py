"""What `rules/coverage.yaml` says. Each part of coverage reads its own section of it."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

_FILE = Path(__file__).parent / "rules" / "coverage.yaml"


@cache
def told_of(section: str) -> Any:
    """Return one section of the rules as it is written there."""
    return yaml.safe_load(_FILE.read_text(encoding="utf-8"))[section]
