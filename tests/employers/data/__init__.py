"""Labelled pairs of employers, and the script that makes most of them."""
