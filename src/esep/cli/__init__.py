"""One file a verb; each a few lines over one Case call."""
