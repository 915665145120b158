"""The tree of errors and warnings, drawn once.

::

    EsepError                     what went wrong, where, and a hint what to do
    ├── WrongUse                  the call cannot mean anything (exit 2)
    ├── BadInput                  a file, table or text that cannot be taken in; nothing was stored
    │   ├── RefusedFile           hostile or unreadable file
    │   └── FaultyRows            strict import: some rows are faulty
    ├── BadDate                   a date that is not EDTF level 1
    ├── LedgerError               the ledger refuses or is damaged
    │   ├── NotFound              no such record, claim, person, source or proposal
    │   ├── RefusedClaim          a claim or judgement that breaks a rule of the ledger
    │   ├── Damaged               stored bytes differ from what was committed
    │   ├── Locked                another process is writing
    │   └── StorageFull           the disk is full; the ledger is as it was before
    ├── VaultError                keys and stored files
    │   ├── WrongKey              the passphrase or key does not open this case
    │   └── MissingFile           a stored file is not where the ledger says
    ├── NotACase                  the path is no case folder
    ├── CountsError               a figure, scope or history that cannot be counted
    ├── EstimateError             capture histories that no method can read
    ├── NamesError                a name table or name that cannot be read
    ├── ExtractError              a text that cannot be read for proposals
    │   ├── BackendFault          a back end gave no usable answer for one passage
    │   └── BackendLost           a back end that cannot be used, or not any more
    └── LinkageError              lists that cannot be linked

    EsepWarning
    ├── StatisticalWarning        a result stands on thin ground
    └── IntakeWarning             something was taken in, but a person should look

A class exists where a caller would act differently. Messages name ids, files and rows, never people.
"""

from __future__ import annotations


class EsepError(Exception):
    """Something esep cannot do: `str(error)` says what and where, `error.hint` what to do about it."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class WrongUse(EsepError):
    """The call cannot mean anything: a wrong combination of arguments."""


class BadInput(EsepError):
    """A file, table or text that cannot be taken in; nothing of it was stored."""


class RefusedFile(BadInput):
    """A hostile, oversized or unreadable file."""


class FaultyRows(BadInput):
    """Strict import: some rows are faulty, so the whole file was refused."""


class BadDate(EsepError):
    """A date that is not EDTF level 1."""


class LedgerError(EsepError):
    """The ledger refuses, or is damaged."""


class NotFound(LedgerError):
    """No such record, claim, person, source or proposal."""


class RefusedClaim(LedgerError):
    """A claim or judgement that breaks a rule of the ledger."""


class Damaged(LedgerError):
    """Stored bytes differ from what was committed."""


class Locked(LedgerError):
    """Another process is writing to this case."""


class StorageFull(LedgerError):
    """The disk is full; the ledger is as it was before the act."""


class VaultError(EsepError):
    """Keys and stored files."""


class WrongKey(VaultError):
    """The passphrase or key does not open this case."""


class MissingFile(VaultError):
    """A stored file is not where the ledger says it is."""


class NotACase(EsepError):
    """The path is no case folder."""


class CountsError(EsepError):
    """A figure, scope or history of statuses that cannot be counted."""


class EstimateError(EsepError):
    """Capture histories that no method can read."""


class NamesError(EsepError):
    """A name table or a name that cannot be read."""


class ExtractError(EsepError):
    """A text that cannot be read for proposals."""


class BackendFault(ExtractError):
    """A back end gave no usable answer for one passage; others may be asked."""


class BackendLost(ExtractError):
    """A back end that cannot be used, or does not answer any more."""


class LinkageError(EsepError):
    """Lists that cannot be linked."""


class EsepWarning(UserWarning):
    """Base of esep's warnings."""


class StatisticalWarning(EsepWarning):
    """A result stands on thin ground; the message says why and what to do."""


class IntakeWarning(EsepWarning):
    """Something was taken in, but a person should look."""
