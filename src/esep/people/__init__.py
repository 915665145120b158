"""Persons as views over records: statuses, checks, bodies."""
