"""The shipped data files, read once."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).resolve().parent.parent / "data"


@cache
def shipped(name: str) -> Any:
    """Return the content of a YAML file of `data/`. Callers do not change it."""
    return yaml.safe_load((DATA / name).read_text(encoding="utf-8"))


@cache
def source_titles() -> dict[str, str]:
    """Return what to call each source of `sources.yaml` on a page, by its key."""
    return {
        key: re.sub(r"^Seed [0-9]+ - ", "", source["title"])
        for key, source in shipped("sources.yaml")["sources"].items()
    }
