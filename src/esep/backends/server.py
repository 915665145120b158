"""A language model behind an OpenAI-compatible server on this machine (llama.cpp, vLLM, Ollama and others)."""

from __future__ import annotations

from esep.backends.loopback import loopback_address, post
from esep.backends.prompt import PROMPT_SHA256, read_response, request_body
from esep.errors import BackendLost
from esep.extract.answers import Answers, Proposer

_PATH = "/v1/chat/completions"
_MOST_BYTES = 1024 * 1024
_LONGEST_NAME = 200


class Server:
    """A model on loopback. Its answers are as good as their grounding; the server is trusted with nothing."""

    languages: frozenset[str] | None = None

    def __init__(self, url: str, model: str, *, seconds: float) -> None:
        """Check the address; nothing is sent yet. Raises `BackendLost` for a server that is not on this machine."""
        if len(model) > _LONGEST_NAME or not model.isprintable():
            raise BackendLost("the name of the model cannot be one", hint="take the name that the server lists")
        self._address = loopback_address(url)
        self._model = model
        self._seconds = seconds

    @property
    def proposer(self) -> Proposer:
        """The name under which the server was asked; what it runs under that name only the server knows."""
        return Proposer("llm", self._model, "as-served", PROMPT_SHA256)

    def ask(self, window: str, *, language: str) -> Answers:
        """Answers for one passage. Raises `BackendFault` or `BackendLost`."""
        body = request_body(self._model, window, language=language)
        answer = post(self._address, _PATH, body, seconds=self._seconds, most_bytes=_MOST_BYTES)
        return read_response(answer)
