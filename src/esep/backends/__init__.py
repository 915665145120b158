"""Optional back ends that read beside the rules: models from a folder, a server on this machine. All off by default.

Each is a `Backend` of `extract.answers`. None of them is trusted: `extract.grounding` holds every answer against the
text. Nothing leaves the machine: models are loaded from folders, the server must be on loopback.
"""

from esep.backends.choosing import NAMES, BackendChoice, open_backend

__all__ = ["NAMES", "BackendChoice", "open_backend"]
