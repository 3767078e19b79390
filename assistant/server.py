"""The server: an address taken, and the application served on it until it is stopped."""

from __future__ import annotations

import socket

from assistant.api.access import guarded
from assistant.api.application import create_app
from assistant.assistant import Assistant
from assistant.errors import AssistantError
from assistant.settings import Settings


def serve(settings: Settings) -> None:
    """Serve the page until stopped. Raises AssistantError where the address cannot be listened on, or where others could
    reach it and nothing says that they may ask."""
    settings = guarded(settings)
    with listen(settings.host, settings.port) as listener:
        import uvicorn

        app = create_app(Assistant.open(settings=settings))
        host, port = listener.getsockname()[:2]
        print(f"Policy Assistant: http://{f'[{host}]' if ':' in host else host}:{port} (Ctrl+C stops it)", flush=True)
        # An open page holds a connection for as long as it is open: it must not keep the server from stopping.
        config = uvicorn.Config(
            app,
            log_level="warning",
            timeout_graceful_shutdown=2,
            server_header=False,
            # By itself it would believe whatever any program on this machine says of where a request comes from.
            proxy_headers=bool(settings.proxies),
            forwarded_allow_ips=settings.proxies,
        )
        uvicorn.Server(config).run(sockets=[listener])


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens on an address, taken before anything slow is loaded. Raises AssistantError where it is taken."""
    if not 0 <= port < 2**16:
        raise AssistantError(f"{host}:{port}: found port {port}, expected 0 to 65535: assistant serve --port 7860")
    try:
        return socket.create_server(
            (host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET, backlog=2048
        )
    except OSError as error:
        raise AssistantError(
            f"{host}:{port}: found {error.strerror}, expected a free address; "
            f"stop the program that uses it, or choose another port: assistant serve --port {port + 1}"
        ) from None
