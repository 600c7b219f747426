"""How SQLite would answer what a page asks: which tables it would read from end to end, helped by no index.

Without statistics it takes the way that the indexes offer, on an empty database as on a full one, so such a
walk shows before there are rows to feel it. A join inside an outer join is one, however small its result.
"""

import re
from collections.abc import Iterable

from flask import Flask

_WALKED = re.compile(r"SCAN (\w+)(?: LEFT-JOIN)?$")
_ALIASED = re.compile(r"\b(?:FROM|JOIN|,) *\(*(\w+) AS (\w+)")
_NUMBER = re.compile(r"_\d+$")


def walked_tables(app: Flask, statements: Iterable[str]) -> set[str]:
    """Return the tables of which these statements read every row."""
    found: set[str] = set()
    raw = app.extensions["engine"].raw_connection()
    try:
        for said in statements:
            if said.lstrip().upper().startswith(("SELECT", "WITH")):
                unknown = [None] * said.count("?")  # no row is read to explain
                steps = [row[3] for row in raw.execute("EXPLAIN QUERY PLAN " + said, unknown)]
                names = {alias: table for table, alias in _ALIASED.findall(said)}
                walked = [hit.group(1) for step in steps if (hit := _WALKED.match(step))]
                found |= {names.get(name, _NUMBER.sub("", name)) for name in walked}
    finally:
        raw.close()
    return {name for name in found if not name.startswith("anon")}
