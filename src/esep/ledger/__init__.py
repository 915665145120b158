"""Append-only claims, batches, judgements, Merkle roots, proposals, projections."""
