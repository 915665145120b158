"""Texts to proposals with exact spans. Pure."""
