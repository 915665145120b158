"""Gazetteer, aliases, containment of places."""
