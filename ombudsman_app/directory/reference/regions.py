"""Regions, from idn-area-data (ODbL-1.0, see data/LICENCE-ODbL.md), checked against `places.yaml`."""

import csv
import gzip
import io
import re
from collections import Counter
from dataclasses import dataclass

from ombudsman_app.directory.errors import ReferenceBroken
from ombudsman_app.directory.models import RegionLevel
from ombudsman_app.directory.names import normalised

from .shipped import DATA, shipped

REGION_SOURCE = "idn-area-data 4.0.1"
_CODE = re.compile(r"[0-9]{2}(\.[0-9]{2}(\.[0-9]{2})?)?")
_FIRST_CITY = 71  # regency numbers from 71 are cities (`code_rule` of places.yaml)


@dataclass(frozen=True)
class RegionRow:
    """One line of the regions. Coordinates in degrees, of the capital."""

    code: str
    name: str
    level: RegionLevel
    time_zone: str
    capital: str | None
    latitude: float | None
    longitude: float | None

    @property
    def province_code(self) -> str:
        return self.code[:2]

    @property
    def parent_code(self) -> str | None:
        return self.code.rpartition(".")[0] or None

    @property
    def search_name(self) -> str:
        return normalised(f"{self.name} {self.capital or ''}")[:200]


def regions() -> list[RegionRow]:
    """Return all regions, provinces first, by level and code. Raises ReferenceBroken."""
    file = "regions.csv.gz"
    zones = {
        code: zone for zone, codes in shipped("institutions.yaml")["time_zones"].items()
        if "/" in zone for code in codes
    }  # fmt: skip
    capitals = _capitals()
    text = gzip.decompress((DATA / file).read_bytes()).decode()
    rows: list[RegionRow] = []
    for line in csv.DictReader(io.StringIO(text)):
        code, name = line["code"], line["name"]
        if not _CODE.fullmatch(code) or not name:
            raise ReferenceBroken(file, f"{code!r} {name!r} is not a code with a name")
        if code[:2] not in zones:
            raise ReferenceBroken("institutions.yaml", f"province {code[:2]} has no time zone")
        capital, latitude, longitude = capitals.pop(code, (None, None, None))
        rows.append(RegionRow(code, name, _level(code), zones[code[:2]], capital, latitude, longitude))
    codes = {row.code for row in rows}
    for row in rows:
        if row.parent_code and row.parent_code not in codes:
            raise ReferenceBroken(file, f"{row.code} has no parent")
    if len(codes) < len(rows) or capitals:
        raise ReferenceBroken(file, "a code stands there twice, or a capital has no region")
    _compare_with_places(rows)
    return sorted(rows, key=lambda row: (row.code.count("."), row.code))


def _level(code: str) -> RegionLevel:
    parts = code.split(".")
    if len(parts) == 2:
        return RegionLevel.CITY if int(parts[1]) >= _FIRST_CITY else RegionLevel.REGENCY
    return RegionLevel.PROVINCE if len(parts) == 1 else RegionLevel.DISTRICT


def _capitals() -> dict[str, tuple[str, float, float]]:
    with (DATA / "capitals.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["region"]: (row["capital"], float(row["latitude"]), float(row["longitude"]))
            for row in csv.DictReader(file)
        }


def _compare_with_places(rows: list[RegionRow]) -> None:
    """Refuse regions that say something else than places.yaml: counts, codes and names."""
    places = shipped("places.yaml")
    found, wanted = Counter(row.level for row in rows), places["national_counts"]
    counted = (found[RegionLevel.PROVINCE], found[RegionLevel.REGENCY], found[RegionLevel.CITY])
    if counted != (wanted["provinces"], wanted["regencies"], wanted["cities"]):
        raise ReferenceBroken(
            "regions.csv.gz", f"{counted} provinces, regencies, cities; not as in places.yaml"
        )
    names = {row.code: row.name for row in rows}
    named = [*places["provinces"], *places["districts_manggarai_barat"]]
    named += [regency for group in places["regencies"].values() for regency in group]
    for place in named:
        code, name = place["code"], place["name"]
        if names.get(code, "").removeprefix("Kabupaten ") != name:
            raise ReferenceBroken("places.yaml", f"{code} is {name}, but the regions say {names.get(code)}")
