"""`ombudsman employers`: what is calculated about employers, repeated without a database."""

import click

from .employer_estimates import estimate
from .employer_matching import match


@click.group()
def employers() -> None:
    """Estimate unpaid contributions and compare lists of employers."""


employers.add_command(estimate)
employers.add_command(match)
