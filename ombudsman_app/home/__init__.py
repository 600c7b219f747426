"""The start page of each face."""
