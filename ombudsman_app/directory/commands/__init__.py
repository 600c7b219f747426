"""Changing the directory."""

from .counters import CounterInput, open_counter
from .load_reference import Loaded, load_reference

__all__ = ["CounterInput", "Loaded", "load_reference", "open_counter"]
