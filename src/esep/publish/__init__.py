"""Disclosure rules, bulletin and static site."""
