"""Averaging over decomposable (chordal) graphs of dependence between lists (Madigan and York 1997)."""
