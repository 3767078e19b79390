"""An OpenAI-compatible server in this process that says what it is told to, at a pace, and misbehaves when told to.

For the benchmark and the tests; there is no model in it.
"""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import MappingProxyType
from typing import Any

# What each answer is said to have taken.
USAGE = {"prompt_tokens": 7, "completion_tokens": 5, "total_tokens": 12}


@dataclass(frozen=True)
class Script:
    """What the server does with a request.

    pieces: the pieces of its answer, `pause` seconds before each, and `reading` more before the first. status:
    another than 200 is an error with `message` and `headers`. then: what happens after the pieces: "stop" and
    "length" end the answer, "cut" closes the connection, "hang" says nothing more, "comments" says nothing but that
    it lives, "malformed" sends what is no JSON, "error" an error as a piece, "eof" ends without saying why.
    """

    pieces: tuple[str, ...] = ()
    pause: float = 0.0
    reading: float = 0.0
    status: int = 200
    message: str = "broken on purpose"
    headers: dict[str, str] = field(default_factory=dict)
    then: str = "stop"


class ModelServer(ThreadingHTTPServer):
    """Plays its scripts one a request, the last one for every further request. `requests` holds the bodies received."""

    daemon_threads = True

    def __init__(self, scripts: list[Script]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.scripts = scripts
        self.requests: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.left = threading.Event()  # a client went away before its answer ended
        self.stopping = threading.Event()

    @property
    def url(self) -> str:
        """The base URL to give to a client."""
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away is noted, not printed."""
        self.left.set()


@contextmanager
def serving(*scripts: Script) -> Iterator[ModelServer]:
    """A server that runs while the block does."""
    with ModelServer(list(scripts)) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            server.stopping.set()
            server.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: ModelServer

    def do_POST(self) -> None:
        server = self.server
        body = self.rfile.read(int(self.headers["Content-Length"]))
        server.requests.append(json.loads(body))
        server.keys.append(self.headers.get("Authorization", ""))
        script = server.scripts[min(len(server.requests), len(server.scripts)) - 1]
        self.close_connection = True
        if script.status != 200:
            self._refuse(script)
            return
        if not server.requests[-1].get("stream"):
            said = {"role": "assistant", "content": "".join(script.pieces)}
            self._whole(200, _completion("chat.completion", {"message": said, "finish_reason": script.then}, USAGE))
            return
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.send_header("Connection", "close")
        self.end_headers()
        if script.reading and server.stopping.wait(script.reading):
            return
        for piece in script.pieces:
            if script.pause and server.stopping.wait(script.pause):
                return
            self._send(_chunk({"content": piece}))
        self._finish(script.then)

    def _finish(self, then: str) -> None:
        if then == "cut":
            self.connection.shutdown(socket.SHUT_RDWR)
        elif then in ("hang", "comments"):
            while not self.server.stopping.wait(0.05):
                if then == "comments":
                    self._send(": still here\n\n")
                elif _gone(self.connection):
                    self.server.left.set()
                    return
        elif then == "malformed":
            self._send("data: {no json\n\n")
            self._send("")
        elif then == "error":
            self._send('data: {"error": {"message": "overloaded", "code": "overloaded"}}\n\n')
            self._send("")
        elif then == "eof":
            self._send("")
        else:
            self._send(_chunk({}, then))
            self._send(_chunk(None, usage=USAGE) + "data: [DONE]\n\n")
            self._send("")

    def _refuse(self, script: Script) -> None:
        self._whole(script.status, {"error": {"message": script.message, "code": None}}, script.headers)

    def _whole(self, status: int, values: dict[str, Any], headers: Mapping[str, str] = MappingProxyType({})) -> None:
        """A reply that is one JSON object."""
        body = json.dumps(values).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _send(self, text: str) -> None:
        data = text.encode()
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")

    def log_message(self, *args: Any) -> None:
        """Nothing is printed."""


def _chunk(delta: dict[str, str] | None, finish: str | None = None, usage: dict[str, int] | None = None) -> str:
    choice = None if delta is None else {"delta": delta, "finish_reason": finish}
    return f"data: {json.dumps(_completion('chat.completion.chunk', choice, usage))}\n\n"


def _completion(kind: str, choice: dict[str, Any] | None, usage: dict[str, int] | None) -> dict[str, Any]:
    """What OpenAI's API sends, whole or as a chunk; `choice` is its only one."""
    about = {"id": "1", "object": kind, "created": int(time.time()), "model": "scripted", "usage": usage}
    return {**about, "choices": [] if choice is None else [{"index": 0, **choice}]}


def _gone(connection: socket.socket) -> bool:
    """Whether the other end has closed."""
    connection.setblocking(False)
    try:
        return connection.recv(1, socket.MSG_PEEK) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True
    finally:
        connection.setblocking(True)
