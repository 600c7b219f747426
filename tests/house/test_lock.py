"""The lock files hold what pyproject.toml asks for, agree with each other, and name no address."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
GROUPS = PROJECT["dependency-groups"]
ASKED = {
    "run": [*PROJECT["project"]["dependencies"], *GROUPS["build"]],
    "dev": [*PROJECT["project"]["dependencies"], *GROUPS["build"], *GROUPS["dev"]],
}


def text_of(lock: str) -> str:
    return (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")


def locked(lock: str) -> dict[str, str]:
    """Return {package: version}."""
    lines = re.findall(r"^([a-z0-9][a-z0-9._-]*)(?:\[[^]]*\])?==([^ \\\n]+)", text_of(lock), re.MULTILINE)
    return {name.replace("_", "-").replace(".", "-"): version for name, version in lines}


@pytest.mark.parametrize("lock", ["run", "dev"])
def test_given_what_the_project_asks_for_when_locked_then_nothing_is_missing(lock):
    names = {re.split(r"[\[<>=!~; ]", wanted)[0].lower().replace("_", "-") for wanted in ASKED[lock]}

    assert names - locked(lock).keys() == set()


def test_given_both_locks_when_compared_then_a_switch_between_run_and_test_changes_nothing():
    run, dev = locked("run"), locked("dev")

    assert {name: dev.get(name) for name in run} == run


@pytest.mark.parametrize("lock", ["run", "dev", "uv"])
def test_given_a_lock_when_read_then_each_package_has_hashes_and_no_address(lock):
    text = text_of(lock)

    assert "://" not in text
    for package in re.split(r"\n(?=\S)", text.strip()):
        assert "--hash=sha256:" in package


def test_given_an_unknown_word_when_dev_is_called_then_it_says_what_it_knows():
    refused = subprocess.run([ROOT / "dev", "dance"], capture_output=True, text=True, check=False)

    assert refused.returncode == 2
    assert all(f"./dev {verb}" in refused.stderr for verb in ("run", "test", "lint", "lock"))
