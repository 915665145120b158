"""How many kinds of people so many lists can tell apart, which decides whether the unseen follow from the lists."""

from __future__ import annotations


def kinds_told_apart(lists: int) -> int:
    """Most latent classes with which the lists alone fix the number of the unseen: half the lists, rounded down.

    Three lists have seven patterns, so six free shares, and two classes have seven parameters: for any number of
    unseen people in a wide range there are two classes that fit exactly. With `kinds` classes on 2 x `kinds` lists
    the share of the unseen is a function of the shares of the patterns. Source: Aleshin-Guendel 2020,
    arXiv:2008.09865 (latent classes in multiple systems estimation); Link 2003, Biometrics 59 (why no amount of data
    repairs it). A test checks the rule by the rank of the model's derivative on two to eight lists.
    """
    return lists // 2
