"""`python -m ombudsman_app.isolated.floor_of_lists FILE DATABASE`: the least that an import can cost.

For comparison only: reads a workbook by the library alone, copies its rows into a temporary table and puts
them over a table that knows half of them, in one statement; nothing is checked. Prints {"seconds",
"parse_seconds", "peak_kib"}.
"""

import json
import resource
import sqlite3
import sys
import time
from collections.abc import Iterable
from typing import Any

import psycopg
from python_calamine import load_workbook

_COLUMNS = tuple(f"c{place}" for place in range(15))
_LISTED = ", ".join(_COLUMNS)
_KEY = "c3"  # the NIB; each fiftieth is none
_TABLE = f"({', '.join(f'{name} TEXT' for name in _COLUMNS)}, UNIQUE ({_KEY}, c0))"
_OVER = ", ".join(f"{name} = excluded.{name}" for name in _COLUMNS if name not in (_KEY, "c0"))
_UPSERT = f"""
    INSERT INTO floor_of_lists ({_LISTED}) SELECT {_LISTED} FROM floor_arrived WHERE true
    ON CONFLICT ({_KEY}, c0) DO UPDATE SET {_OVER}
"""  # noqa: S608 - names of our own


def main() -> None:
    """Measure once."""
    path, address = sys.argv[1:]
    known = list(_rows(path))
    store = _Postgresql(address) if address.startswith("postgresql") else _Sqlite(address)
    store.prepare(known[: len(known) // 2])
    del known
    began = time.monotonic()
    rows = list(_rows(path))
    parsed = time.monotonic()
    store.upsert(rows)
    said = {
        "seconds": time.monotonic() - began,
        "parse_seconds": parsed - began,
        "peak_kib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
    }
    store.leave()
    sys.stdout.write(json.dumps(said))


def _rows(path: str) -> Iterable[list[Any]]:
    rows = load_workbook(path).get_sheet_by_index(0).iter_rows()
    next(rows)
    return rows


class _Sqlite:
    def __init__(self, path: str) -> None:
        self._at = sqlite3.connect(path, isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            self._at.execute(f"PRAGMA {pragma}")

    def prepare(self, rows: list[list[Any]]) -> None:
        self._at.execute(f"CREATE TABLE floor_of_lists {_TABLE}")
        self.upsert(rows)

    def upsert(self, rows: list[list[Any]]) -> None:
        self._at.execute("BEGIN IMMEDIATE")
        self._at.execute(f"CREATE TEMP TABLE IF NOT EXISTS floor_arrived ({_LISTED})")
        self._at.execute("DELETE FROM floor_arrived")
        marks = ", ".join("?" * len(_COLUMNS))
        self._at.executemany(f"INSERT INTO floor_arrived VALUES ({marks})", rows)  # noqa: S608
        self._at.execute(_UPSERT)
        self._at.execute("COMMIT")

    def leave(self) -> None:
        self._at.execute("DROP TABLE floor_of_lists")
        self._at.close()


class _Postgresql:
    def __init__(self, address: str) -> None:
        self._at = psycopg.connect(address)

    def prepare(self, rows: list[list[Any]]) -> None:
        self._at.execute(f"CREATE TABLE floor_of_lists {_TABLE}")
        self.upsert(rows)

    def upsert(self, rows: list[list[Any]]) -> None:
        named = ", ".join(f"{name} TEXT" for name in _COLUMNS)
        self._at.execute(f"CREATE TEMP TABLE floor_arrived ({named}) ON COMMIT DROP")
        with self._at.cursor() as cursor, cursor.copy("COPY floor_arrived FROM STDIN") as copying:
            for row in rows:
                copying.write_row(row)
        self._at.execute(_UPSERT)
        self._at.commit()

    def leave(self) -> None:
        self._at.execute("DROP TABLE floor_of_lists")
        self._at.commit()
        self._at.close()


if __name__ == "__main__":
    main()
