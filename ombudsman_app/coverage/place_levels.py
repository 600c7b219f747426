"""Which areas of the directory figures are about. No database in here."""

from ombudsman_app.directory.models import RegionLevel

from .states import Level

LEVEL_OF: dict[RegionLevel, Level] = {
    RegionLevel.PROVINCE: Level.PROVINCE,
    RegionLevel.REGENCY: Level.REGENCY,
    RegionLevel.CITY: Level.REGENCY,
}
REGENCIES = tuple(region for region, level in LEVEL_OF.items() if level is Level.REGENCY)
