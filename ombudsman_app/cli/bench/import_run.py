"""One measured import: its steps, its memory, and the floor on the same file and database."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from ombudsman_app.core.children import is_there
from ombudsman_app.core.clock import monotonic
from ombudsman_app.core.config import settings_from

from .import_file import rows, write_list
from .serving import WrongAnswer

TIMES_GOAL, MEMORY_GOAL_MIB = 4.0, 300  # performance.md "Import"
_KIB = 1024
_PATIENCE_SECONDS = 30.0
PLACES = ["76.01", "76.02", "76.03", "76.04", "76.05", "76.06"]  # the regencies of Sulawesi Barat


def measure(count: int, environ: dict[str, str], folder: Path) -> dict[str, Any]:
    """Import a list into a house that knows half of it. Raises WrongAnswer."""
    known, whole = folder / "known.xlsx", folder / "list.xlsx"
    write_list(known, rows(count // 2, PLACES, "2026-09-30"))
    write_list(whole, rows(count, PLACES, "2026-10-31"))
    ours = _child("ombudsman_app.cli.bench.import_steps", environ, str(known), str(whole))
    address = _address(environ)
    floors = [_child("ombudsman_app.isolated.floor_of_lists", environ, str(whole), address) for _ in range(3)]
    floor = sorted(floors, key=lambda one: one["seconds"])[1]
    times = ours["seconds"] / floor["seconds"]
    missed = []
    if times > TIMES_GOAL:
        missed.append(f"import: {times:.2f} × the floor, goal {TIMES_GOAL:g}")
    if ours["peak_mib"] > MEMORY_GOAL_MIB:
        missed.append(f"memory: {ours['peak_mib']:.0f} MiB, goal {MEMORY_GOAL_MIB}")
    found = {"rows": count, "floor": floor, "ours": ours, "times": times, "missed": missed}
    return {**found, "times_goal": TIMES_GOAL, "memory_goal": MEMORY_GOAL_MIB}


def _address(environ: dict[str, str]) -> str:
    """Where the floor puts its table: the same server, or a file beside ours."""
    settings = settings_from(environ)
    if settings.database_url.startswith("sqlite"):
        return str(settings.data_dir / "floor.db")
    return settings.database_url.replace("postgresql+psycopg", "postgresql")


def _child(module: str, environ: dict[str, str], *words: str) -> dict[str, Any]:
    done = subprocess.run(  # noqa: S603 - our own module, no shell
        [sys.executable, "-m", module, *words], env=environ, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise WrongAnswer(f"{module} ended with {done.returncode}: {done.stderr[-600:]}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def start_parser(folder: Path) -> subprocess.Popen[bytes]:
    """Start the server that reads sheets. Raises WrongAnswer where it does not listen in time."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    command = [sys.executable, "-m", "ombudsman_app.isolated.parse", str(folder)]
    started = subprocess.Popen(command)  # noqa: S603 - our own module, no shell
    until = monotonic() + _PATIENCE_SECONDS
    while not is_there(folder, "parse"):
        if started.poll() is not None or monotonic() > until:
            raise WrongAnswer("the server that reads sheets does not listen")
    return started
