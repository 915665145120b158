"""Parsers that run in a process of their own; each reads bytes and gives JSON values. Never imported by the parent."""
