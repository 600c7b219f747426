"""Imports run downstairs; the contracts of pyproject.toml as a red test."""

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
    "contracts"
]
NO_DOMAINS = {"cli", "core", "isolated", "web", "static", "translations"}


def packages() -> set[str]:
    return {path.parent.name for path in (ROOT / "ombudsman_app").glob("*/__init__.py")}


def test_given_all_modules_when_their_imports_are_read_then_every_contract_is_kept():
    checked = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_given_a_domain_when_it_has_a_folder_then_both_contracts_know_it():
    floors, inside, *_ = CONTRACTS
    on_a_floor = {name.strip("()").removeprefix("ombudsman_app.") for name in floors["layers"]}
    with_rooms = {name.removeprefix("ombudsman_app.") for name in inside["containers"]}

    assert packages() - {"static", "translations"} <= on_a_floor
    assert packages() - NO_DOMAINS == with_rooms


def test_given_a_package_when_read_then_its_init_holds_a_docstring_and_nothing_else():
    others = [
        name
        for name in packages()
        for line in ast.parse(
            (ROOT / "ombudsman_app" / name / "__init__.py").read_text(encoding="utf-8")
        ).body
        if not (isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant))
    ]

    assert others == []
