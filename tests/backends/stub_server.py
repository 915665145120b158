"""A server on loopback that answers as it is told: honestly, wrongly, late, too much, or not at all."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def chat(content):
    """The body of a chat completion whose message is this text, or this object as JSON."""
    text = content if isinstance(content, str) else json.dumps({"answers": content}, ensure_ascii=False)
    return json.dumps({"choices": [{"message": {"role": "assistant", "content": text}}]}).encode()


@contextmanager
def serving(body=b"", *, status=200, headers=None, hang=None, drip=0.0):
    """Address of a server that gives this answer to every request; `.requests` are the bodies it got.

    `hang` (an event) is waited for before a word is said; `drip` is the pause in seconds between two bytes.
    """
    requests = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            requests.append((self.path, self.rfile.read(int(self.headers["Content-Length"]))))
            if hang:
                hang.wait(20)
            try:
                self._answer()
            except OSError:
                return  # the other side hung up, as it should

        def _answer(self):
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **(headers or {})}.items():
                self.send_header(name, value)
            self.end_headers()
            for at in range(0, len(body), 1 if drip else 65536):
                self.wfile.write(body[at : at + (1 if drip else 65536)])
                self.wfile.flush()
                if drip:
                    stop.wait(drip)

        def log_message(self, *args):
            return

    stop = threading.Event()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", requests
    finally:
        stop.set()
        if hang:
            hang.set()
        server.shutdown()
        server.server_close()
        thread.join()
