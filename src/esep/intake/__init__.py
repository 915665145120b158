"""Files, lists and tables to claims, with one report line for every row."""
