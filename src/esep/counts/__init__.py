"""Documented tallies, toll bounds and scopes."""
