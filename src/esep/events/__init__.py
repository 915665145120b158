"""Incidents, actions and the chronology."""
