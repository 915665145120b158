"""Texts to proposals with exact spans. Pure."""

from esep.extract.document import Extraction, extract_text
from esep.extract.proposals import Proposal, Span

__all__ = ["Extraction", "Proposal", "Span", "extract_text"]
