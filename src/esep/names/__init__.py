"""Names of people: scripts, folding, parts, search keys, comparison with reasons."""
