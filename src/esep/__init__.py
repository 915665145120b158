"""Casualty recording: every report kept, every person counted once, every number answerable to its words."""
