"""How many people no list recorded: capture histories in, results out. Pure."""
