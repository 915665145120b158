"""One file a page; the registry lists them."""
