"""`ombudsman seed reference` and `seed demo`: what the product knows from the start."""

from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from ombudsman_app.core.db import command, db
from ombudsman_app.core.trail.models import TrailEntry
from ombudsman_app.directory import demo, reference
from ombudsman_app.directory.commands import load_reference
from ombudsman_app.directory.errors import ReferenceBroken
from ombudsman_app.directory.models import Counter as ServiceCounter
from ombudsman_app.directory.models import Office, Region, RegionLevel, RepresentativeOffice

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "domain"


def rows(model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_all_provinces_regencies_and_cities_are_there(in_app):
    found = Counter(db.session.scalars(select(Region.level)))
    assert found[RegionLevel.PROVINCE] == 38
    assert found[RegionLevel.REGENCY] == 416
    assert found[RegionLevel.CITY] == 98
    assert found[RegionLevel.DISTRICT] == 7285


def test_each_region_lies_in_one_of_the_three_time_zones(in_app):
    provinces = db.session.scalars(select(Region).where(Region.level == RegionLevel.PROVINCE))
    zones = {province.code: province.time_zone for province in provinces}
    assert (zones["17"], zones["53"], zones["76"]) == ("Asia/Jakarta", "Asia/Makassar", "Asia/Makassar")
    assert Counter(zones.values()) == {"Asia/Jakarta": 18, "Asia/Makassar": 12, "Asia/Jayapura": 8}


def test_loading_again_changes_nothing_and_leaves_nothing_on_the_trail(in_app):
    before = rows(TrailEntry)
    assert load_reference().total == 0
    assert rows(TrailEntry) == before


def test_given_a_changed_row_when_loading_then_it_is_mended_and_told(in_app):
    @command
    def spoil():
        db.session.execute(update(Region).where(Region.code == "76.02").values(name="Mamudju"))
        db.session.execute(update(Office).where(Office.reference == "kc_mamuju").values(slug="alamat-poster"))

    spoil()
    db.session.expire_all()
    assert load_reference().regions == 1
    office = db.session.scalars(select(Office).where(Office.reference == "kc_mamuju")).one()
    assert office.slug == "alamat-poster"  # printed on posters: never changed


def test_given_a_region_that_the_file_no_longer_has_when_loading_then_it_ends_and_stays(in_app, monkeypatch):
    full = reference.regions()
    monkeypatch.setattr(reference, "regions", lambda: [row for row in full if row.code != "53.15.05"])
    assert load_reference().regions == 1
    komodo = db.session.scalars(select(Region).where(Region.code == "53.15.05")).one()
    assert komodo.valid_to is not None


def test_given_a_file_that_says_something_else_than_places_yaml_then_it_is_refused(monkeypatch):
    counts = reference.shipped("places.yaml")["national_counts"]
    monkeypatch.setitem(counts, "provinces", 39)
    with pytest.raises(ReferenceBroken, match=r"places\.yaml"):
        reference.regions()


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared folder is not beside this checkout")
@pytest.mark.parametrize("name", ["places.yaml", "sources.yaml"])
def test_the_shipped_copies_equal_the_domain_files(name):
    assert (reference.DATA / name).read_bytes() == (SHARED / name).read_bytes()


def test_each_source_named_in_a_shipped_file_is_known():
    known = reference.source_titles()
    named = " ".join(row.source_keys for row in [*reference.offices(), *reference.institutions()])
    demo_file = reference.shipped("demo.yaml")
    named += (
        " ".join(
            key for row in [*demo_file["statements"], *demo_file["promises"].values()] for key in row["src"]
        )
        + " "
    )
    assert set(named.split()) <= set(known)


def test_every_office_of_the_ombudsman_has_a_code_and_a_zone(in_app):
    offices = {row.code: row.time_zone for row in db.session.scalars(select(RepresentativeOffice))}
    assert offices == {
        "JKT": "Asia/Jakarta",
        "KPG": "Asia/Makassar",
        "MAM": "Asia/Makassar",
        "BKL": "Asia/Jakarta",
    }


def test_the_demonstration_loads_once(in_app):
    demo.load()
    counters = rows(ServiceCounter)
    assert counters == 14
    assert all(db.session.scalars(select(ServiceCounter.is_demo)))
    demo.load()
    assert rows(ServiceCounter) == counters


def test_before_seed_reference_the_command_says_what_to_do(tmp_path, monkeypatch):
    from click.testing import CliRunner

    from ombudsman_app.cli.seed import seed

    monkeypatch.setenv("OMBUDSMAN_DATA", str(tmp_path))
    answer = CliRunner().invoke(seed, ["reference"])
    assert answer.exit_code == 2
    assert "db upgrade" in answer.output
