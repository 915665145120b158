"""Keys, slots, sealing and stored files."""
