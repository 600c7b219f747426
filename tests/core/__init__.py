"""Tests of the first floor."""
