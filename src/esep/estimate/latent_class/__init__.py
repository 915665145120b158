"""Bayesian latent classes: people fall into a few kinds, and within a kind the lists are independent."""
