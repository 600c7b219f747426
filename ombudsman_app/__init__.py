"""Kawal Layanan: hear the public, audit the counters, follow what became of it."""
