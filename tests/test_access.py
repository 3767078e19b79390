"""Who may ask: the hosts, origins, keys, tokens and rates of the gate, and what `serve` refuses to start with."""

import asyncio
import base64
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import jwt
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant import Assistant, Settings
from assistant.api import access
from assistant.api.application import create_app
from assistant.api.rates import Rates
from assistant.cli import main
from assistant.errors import SettingsError

KEY = "a-key-of-our-own-that-is-long"
SITE = "https://www.example.org"
ASK = {"question": "What is the daily allowance?"}
Opened = Callable[..., TestClient]


@pytest.fixture(scope="module")
def opened(tiny: Assistant) -> Iterator[Opened]:
    """Clients of applications with the settings named, one for each set of them."""
    with ExitStack() as stack:

        @cache
        def client(**settings: Any) -> TestClient:
            app = asyncio.run(_made(Assistant(tiny.index, Settings(**settings))))
            return stack.enter_context(TestClient(app, base_url="http://localhost:7860"))

        yield client


async def _made(assistant: Assistant) -> FastAPI:
    # Where no loop runs, Gradio makes some and never closes them, and Python warns of each.
    return create_app(assistant)


def bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


# --- Hosts and origins ---


def test_by_a_name_that_is_not_its_own_the_server_is_not_reached(opened: Opened) -> None:
    client = opened(hosts=access.LOOPBACK_HOSTS)
    for host in ("localhost", "localhost:7860", "127.0.0.1:80", "[::1]:7860", "[::1]", "LOCALHOST"):
        assert client.get("/api/documents", headers={"Host": host}).status_code == 200, host
    for host in ("evil.example", "localhost.evil.example", "localhost@evil.example:7860", "", "[::2]"):
        refused = client.get("/api/documents", headers={"Host": host})
        assert refused.status_code == 421, host
        assert "ASSISTANT_HOSTS" in refused.json()["detail"]
        assert client.post("/mcp", json={}, headers={"Host": host}).status_code == 421


@pytest.mark.parametrize("path", ["/api/ask", "/v1/chat/completions", "/mcp", "/gradio_api/queue/join", "/"])
@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://localhost:1", "http://localhost:7860.evil.example"]
)
def test_pages_of_other_sites_may_send_nothing(opened: Opened, path: str, origin: str) -> None:
    refused = opened().post(path, json=ASK, headers={"Origin": origin})
    assert refused.status_code == 403
    assert "Access-Control-Allow-Origin" not in refused.headers


def test_its_own_page_may_ask_also_behind_a_proxy_that_names_another_host(opened: Opened) -> None:
    client = opened()
    assert client.post("/api/ask", json=ASK, headers={"Origin": "http://localhost:7860"}).status_code == 200
    behind = {"Origin": "https://policy.example.org", "Host": "inner:7860"}
    assert client.post("/api/ask", json=ASK, headers=behind).status_code == 403
    assert client.post("/api/ask", json=ASK, headers={**behind, "Sec-Fetch-Site": "same-origin"}).status_code == 200
    named = opened(hosts="policy.example.org,inner")
    assert named.post("/api/ask", json=ASK, headers=behind).status_code == 200


def test_a_visitor_of_an_allowed_site_asks_with_a_token(opened: Opened) -> None:
    client = opened(origins=f"{SITE}, https://other.example:8443/")
    assert client.post("/api/ask", json=ASK, headers={"Origin": SITE}).status_code == 401
    given = client.post("/api/visitor", headers={"Origin": SITE})
    assert given.headers["Access-Control-Allow-Origin"] == SITE
    assert "Access-Control-Allow-Credentials" not in given.headers
    visit = given.json()
    assert visit["expires_in"] == access.VISIT
    asked = client.post("/api/ask", json=ASK, headers={"Origin": SITE, **bearer(visit["token"])})
    assert asked.status_code == 200
    assert asked.headers["Access-Control-Allow-Origin"] == SITE
    [document] = client.get("/api/documents", headers={"Origin": SITE, **bearer(visit["token"])}).json()["documents"]
    whole = client.get(f"/api/documents/{document['id']}", headers={"Origin": SITE, **bearer(visit["token"])})
    assert whole.status_code == 200


def test_a_token_is_good_for_one_origin_for_a_while_and_not_for_everything(opened: Opened) -> None:
    client = opened(origins=f"{SITE},https://other.example", secret="known")
    token = client.post("/api/visitor", headers={"Origin": SITE}).json()["token"]
    elsewhere = client.post("/api/ask", json=ASK, headers={"Origin": "https://other.example", **bearer(token)})
    assert elsewhere.status_code == 401
    for path in ("/v1/chat/completions", "/mcp"):
        assert client.post(path, json={}, headers={"Origin": SITE, **bearer(token)}).status_code == 401
    secret = access.Visitors("known")._secret
    claims = jwt.decode(token, secret, ["HS256"], audience="visitor")
    over = jwt.encode({**claims, "exp": 1}, secret, "HS256")
    forged = jwt.encode(claims, b"x" * 32, "HS256")
    unsigned = jwt.encode(claims, None, "none")
    for other in (over, forged, unsigned, "", "no.token.atall"):
        assert client.post("/api/ask", json=ASK, headers={"Origin": SITE, **bearer(other)}).status_code == 401
    assert access.Visitors("known").read(token, SITE) is not None
    assert access.Visitors().read(token, SITE) is None


def test_tokens_are_for_the_pages_of_allowed_sites(opened: Opened) -> None:
    client = opened(origins=SITE)
    assert client.post("/api/visitor", headers={"Origin": "https://evil.example"}).status_code == 403
    assert client.post("/api/visitor").status_code == 403


def test_a_browser_is_told_which_sites_may_read_and_frame(opened: Opened) -> None:
    client = opened(origins=SITE)
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization,content-type"}
    allowed = client.options("/api/ask", headers={"Origin": SITE, **asked})
    assert (allowed.status_code, allowed.headers["Access-Control-Allow-Origin"]) == (200, SITE)
    refused = client.options("/api/ask", headers={"Origin": "https://evil.example", **asked})
    assert "Access-Control-Allow-Origin" not in refused.headers
    for path in ("/", "/docs", "/healthz"):
        assert client.get(path).headers["Content-Security-Policy"].endswith(f"; frame-ancestors 'self' {SITE}")


@pytest.mark.parametrize(
    "origins", ["*", "example.org", "https://*.example.org", "https://example.org/path", "null", "ftp://a"]
)
def test_what_is_no_origin_is_named(origins: str) -> None:
    with pytest.raises(SettingsError, match="ASSISTANT_ORIGINS: found"):
        access.origins(Settings(origins=origins))


# --- Keys ---


def test_with_keys_only_their_holders_may_ask(opened: Opened, tmp_path: Path) -> None:
    key, line = access.new_key()
    (tmp_path / "keys").write_text(f"# ours\n\n{line}  # the office\n")
    client = opened(api_keys=f"{KEY}, another-key-that-is-long", keys=str(tmp_path / "keys"))
    for path in ("/api/documents", "/v1/models", "/", "/docs", "/openapi.json", "/metrics", "/config"):
        refused = client.get(path)
        assert refused.status_code == 401, path
        assert refused.headers["WWW-Authenticate"] == "Bearer"
        for known in (KEY, "another-key-that-is-long", key):
            assert client.get(path, headers=bearer(known)).status_code == 200, path
        assert client.get(path, headers=bearer(KEY + "x")).status_code == 401, path
        assert client.get(path, headers=bearer(line)).status_code == 401, path
    for path in ("/healthz", "/readyz"):
        assert client.get(path).status_code == 200


def test_a_person_gives_the_key_as_a_password_where_a_page_is_opened(opened: Opened) -> None:
    client = opened(api_keys=KEY)
    challenged = client.get("/", headers={"Accept": "text/html"})
    assert challenged.status_code == 401
    assert challenged.headers["WWW-Authenticate"].startswith("Basic ")
    basic = base64.b64encode(f"anyone:{KEY}".encode()).decode()
    assert client.get("/", headers={"Authorization": f"Basic {basic}"}).status_code == 200
    for broken in ("Basic", "Basic !!!", "Basic /w==", "Digest x", "Bearer"):
        assert client.get("/", headers={"Authorization": broken}).status_code == 401


def test_what_is_refused_under_v1_is_said_as_openai_says_it(opened: Opened) -> None:
    refused = opened(api_keys=KEY).get("/v1/models")
    assert refused.json()["error"]["type"] == "authentication_error"


def test_with_keys_the_visitors_of_allowed_sites_need_none(opened: Opened) -> None:
    client = opened(api_keys=KEY, origins=SITE)
    token = client.post("/api/visitor", headers={"Origin": SITE}).json()["token"]
    assert client.post("/api/ask", json=ASK, headers={"Origin": SITE, **bearer(token)}).status_code == 200
    assert client.post("/api/ask", json=ASK, headers=bearer(token)).status_code == 401
    assert client.post("/v1/chat/completions", json={}, headers={"Origin": SITE, **bearer(token)}).status_code == 401
    own = client.post("/api/visitor", headers={"Origin": "http://localhost:7860"})
    assert own.status_code == 401


def test_the_command_makes_a_key_whose_line_opens(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["key"]) == 0
    key, line = (row.split()[1] for row in capsys.readouterr().out.splitlines())
    (tmp_path / "keys").write_text(line)
    keys = access.Keys.load(Settings(keys=str(tmp_path / "keys")))
    assert keys.holder(key) == line
    assert keys.holder("") == ""
    assert key not in repr(Settings(api_keys=key, secret=key))


# --- Rates ---


def test_a_visitor_who_asks_too_much_is_told_when_to_come_back(opened: Opened) -> None:
    client = opened(rate="2/minute")
    codes = [client.post("/api/ask", json=ASK).status_code for _ in range(3)]
    assert codes == [200, 200, 429]
    refused = client.post("/v1/chat/completions", json={"messages": [{"role": "user", "content": "a"}]})
    assert refused.json()["error"]["type"] == "rate_limit_error"
    again = client.post("/api/search", json=ASK)
    assert 1 <= int(again.headers["Retry-After"]) <= 120
    assert again.headers["Content-Type"] == "application/problem+json"
    assert client.get("/api/documents").status_code == 200


def test_each_key_and_visitor_is_counted_alone_and_their_address_for_all(opened: Opened) -> None:
    client = opened(rate="1/hour", origins=SITE)
    tokens = [client.post("/api/visitor", headers={"Origin": SITE}) for _ in range(2)]
    assert [given.status_code for given in tokens] == [200, 429]
    token = tokens[0].json()["token"]
    asked = [client.post("/api/ask", json=ASK, headers={"Origin": SITE, **bearer(token)}).status_code for _ in range(2)]
    assert asked == [200, 429]
    codes = [
        client.post("/api/ask", json=ASK, headers={"Origin": SITE, **bearer("none")}).status_code for _ in range(9)
    ]
    assert (codes[0], codes[-1]) == (401, 429)


def test_the_networks_of_ipv6_subscribers_count_as_one() -> None:
    rates = Rates(Settings(rate="1/hour"))
    told = [rates.of_address(f"2001:db8:0:1::{n}") for n in range(11)]
    assert told[:10] == [0] * 10
    assert told[10] > 0
    assert rates.of_address("2001:db8:0:2::1") == 0


def test_a_rate_that_is_none_is_named() -> None:
    with pytest.raises(SettingsError, match="ASSISTANT_RATE: found 'often'"):
        Rates(Settings(rate="often"))


# --- What serve starts with ---


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "policy.example.org"])
def test_where_others_can_reach_it_serve_wants_a_key_or_to_be_told(
    host: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["serve", "--host", host]) == 2
    said = capsys.readouterr().err
    assert host in said
    assert "assistant key" in said
    assert "--public" in said
    assert access.guarded(Settings(host=host, public=True)).rate == access.RATE
    assert access.guarded(Settings(host=host, api_keys=KEY)).hosts == ""


def test_keys_and_public_contradict() -> None:
    with pytest.raises(SettingsError, match="expected one of them"):
        access.guarded(Settings(api_keys=KEY, public=True))


def test_alone_on_this_machine_nothing_is_asked_for() -> None:
    for host in ("127.0.0.1", "localhost", "::1", "127.0.0.2"):
        guarded = access.guarded(Settings(host=host))
        assert (guarded.rate, guarded.hosts) == ("", access.LOOPBACK_HOSTS)
    assert access.guarded(Settings(origins=SITE)).rate == access.RATE


@pytest.mark.parametrize(
    ("setting", "text", "said"),
    [
        ("api_keys", "short", "fewer than"),
        ("keys", "/nowhere/keys", "expected a file of keys"),
    ],
)
def test_keys_that_cannot_be_used_are_named(setting: str, text: str, said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        access.Keys.load(replace(Settings(), **{setting: text}))


def test_a_line_that_is_no_digest_is_named(tmp_path: Path) -> None:
    (tmp_path / "keys").write_text("# ours\nplain-key\n")
    with pytest.raises(SettingsError, match=r"keys, line 2: found no SHA-256.*assistant key"):
        access.Keys.load(Settings(keys=str(tmp_path / "keys")))
