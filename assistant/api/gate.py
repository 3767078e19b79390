"""The gate before every route: the host, the origin, the rates and the credential of a request, in that order."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.api import access, problems
from assistant.api.rates import Rates
from assistant.settings import Settings

VISITOR = "/api/visitor"
# For what watches over the server, and the script that any site may load: they tell nothing.
_OPEN = ("/healthz", "/readyz", "/widget.js")
# What the visitors of other sites may use; the rest is for holders of keys.
_VISITED = ("/api/ask", "/api/search", "/api/documents", "/api/feedback")
_COUNTED = ("/api/", "/v1/", "/mcp")


class Refused(Exception):
    """A request that does not pass, with the problem that it gets."""

    def __init__(self, status: int, detail: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(detail)
        self.problem = problems.refusal(status, detail)
        self.headers = headers or {}


class Gate:
    """ASGI: wraps the application. Sets scope["visitor"] for who came with a visitor's token."""

    def __init__(self, app: ASGIApp, settings: Settings, visitors: access.Visitors) -> None:
        self.app = app
        self._keys = access.Keys.load(settings)
        self._origins = access.origins(settings)
        self._hosts = access.hosts(settings)
        self._visitors = visitors
        self._rates = Rates(settings)
        self._largest = settings.max_body * 1000

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] not in _OPEN:
            try:
                self._pass(scope, Headers(scope=scope))
            except Refused as refused:
                await problems.response(scope["path"], refused.problem, refused.headers)(scope, receive, send)
                return
        elif scope["type"] == "websocket":
            # Nothing here speaks it.
            await send({"type": "websocket.close", "code": 1008})
            return
        await self.app(scope, receive, send)

    def _pass(self, scope: Scope, headers: Headers) -> None:
        host, origin = headers.get("host", "").lower(), headers.get("origin", "").lower()
        self._check_host(host)
        own = not origin or urlsplit(origin).netloc in (host, *self._hosts)
        # What a browser says of a page's own server, which no script can say; so it is behind a proxy that names another host.
        own = own or headers.get("sec-fetch-site") == "same-origin"
        if not own and origin not in self._origins:
            raise Refused(
                403,
                f"found a request of {origin[:200]}, which may not ask here, expected one of ASSISTANT_ORIGINS; "
                "if it is this server's own name, behind a proxy, add it to ASSISTANT_HOSTS",
            )
        # A body that does not tell its length is counted as it comes, by the application.
        if headers.get("content-length", "0").isdecimal() and int(headers.get("content-length", "0")) > self._largest:
            raise Refused(413, problems.TOO_LARGE)
        counted = scope["method"] == "POST" and scope["path"].startswith(_COUNTED)
        address = scope["client"][0] if scope.get("client") else ""
        if counted:
            self._count(self._rates.of_address(address))
        person = self._person(scope, headers, origin, own, address)
        if counted:
            self._count(self._rates.of_person(person or address))

    def _check_host(self, host: str) -> None:
        name = host if host.endswith("]") else host.rpartition(":")[0] or host
        if self._hosts and name not in self._hosts and host not in self._hosts:
            raise Refused(421, f"found the host {host[:200]!r}, expected {', '.join(self._hosts)}; see ASSISTANT_HOSTS")

    def _person(self, scope: Scope, headers: Headers, origin: str, own: bool, address: str) -> str:
        """Who asks, or "" where nobody has to say. Raises Refused for who may not."""
        path: str = scope["path"]
        if path == VISITOR and origin in self._origins:
            return ""
        presented = access.credential(headers.get("authorization", ""))
        if presented and (holder := self._keys.holder(presented)):
            return holder
        if origin in self._origins and (path in _VISITED or path.startswith("/api/documents/")):
            visitor = self._visitors.read(presented, origin)
            if visitor:
                scope["visitor"] = True
                return visitor.id
        if own and not self._keys:
            return ""
        if presented:
            self._count(self._rates.of_address(address))
        raise Refused(401, _needed(bool(presented), bool(self._keys)), {"WWW-Authenticate": _challenge(scope, headers)})

    def _count(self, wait: int) -> None:
        if wait:
            raise Refused(
                429, f"found more requests than are taken at once; try again in {wait} s", {"Retry-After": str(wait)}
            )


def _needed(presented: bool, keys: bool) -> str:
    found = "a key or token that is not known here, or is over" if presented else "no key"
    expected = "a key: Authorization: Bearer …" if keys else f"a visitor's token: POST {VISITOR}"
    return f"found {found}, expected {expected}"


def _challenge(scope: Scope, headers: Headers) -> str:
    """Browsers ask a person for the key as a password, where a page is opened; a script's request asks nobody."""
    if "text/html" in headers.get("accept", "") and scope["method"] == "GET":
        return 'Basic realm="Policy Assistant", charset="UTF-8"'
    return "Bearer"
