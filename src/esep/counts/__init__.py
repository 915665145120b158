"""Documented tallies, toll statements and their reconciliation. Pure: values in, results out."""
