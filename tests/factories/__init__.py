"""Makers of rows for tests, one module per domain. Call them inside an application context."""
