"""Nothing leaves this machine: indexing, asking and serving run where any look-up of a name and any connection to
another host ends the process, and the page in a browser that knows no other host asks for none."""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from index.store import SHIPPED_CORPUS

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
QUESTION = "武汉有多少条数字化产线？"
LEFT = 86
# The process ends at once, so that no handler of exceptions can hide the attempt.
GUARD = f"""
import ipaddress, os, sys

def local(host):
    if host in (None, "", "localhost", b"localhost"):
        return True
    try:
        return ipaddress.ip_address(host.decode() if isinstance(host, bytes) else host).is_loopback
    except ValueError:
        return False

def guard(event, arguments):
    if event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        host = arguments[0]
    elif event in ("socket.connect", "socket.sendto", "socket.sendmsg") and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    else:
        return
    if not local(host):
        os.write(2, f"{{event}} {{arguments[0]!r}} {{host!r}}\\n".encode())
        os._exit({LEFT})

sys.addaudithook(guard)
"""
COMMAND = GUARD + "from assistant.cli import main\nsys.exit(main(sys.argv[1:]))\n"


def environment(home: Path) -> dict[str, str]:
    """A user's environment with nothing in it that would keep a library from calling home."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "SYSTEMROOT") if name in os.environ}
    return {**kept, "HOME": str(home), "PYTHONPATH": str(SHIPPED_CORPUS.parent.parent), "PYTHONIOENCODING": "utf-8"}


def run(home: Path, code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", env=environment(home), cwd=home)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that is new, with an index built in it."""
    home = tmp_path_factory.mktemp("home")
    built = run(home, COMMAND, "index", "build", str(SHIPPED_CORPUS), "--out", "index")
    assert (built.returncode, built.stderr) == (0, "")
    return home


@pytest.fixture
def address(home: Path) -> Iterator[str]:
    """A page served from a guarded process, which Ctrl+C ends."""
    arguments = [sys.executable, "-c", COMMAND, "serve", "--index", "index", "--port", "0"]
    with subprocess.Popen(
        arguments,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=environment(home),
        cwd=home,
        # Tests started in the background of a script ignore Ctrl+C, and what they start would too.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        found = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
        assert found is not None, process.stderr.read()
        yield found[0]
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=15) == 130
        assert process.stderr.read() == ""


@pytest.mark.parametrize(
    "attempt",
    [
        "import socket; socket.getaddrinfo('example.org', 80)",
        "import socket; socket.create_connection(('192.0.2.1', 80))",
        "import urllib.request; urllib.request.urlopen('http://example.org')",
    ],
)
def test_the_guard_ends_a_process_that_would_leave(tmp_path: Path, attempt: str) -> None:
    assert run(tmp_path, GUARD + f"try:\n    {attempt}\nexcept Exception:\n    pass\n").returncode == LEFT


def test_asking_leaves_for_nowhere(home: Path) -> None:
    asked = run(home, COMMAND, "ask", "--index", "index", QUESTION)
    assert (asked.returncode, asked.stderr) == (0, "")
    assert "[1]" in asked.stdout


@pytest.mark.skipif(CHROMIUM is None, reason="no chromium found: install it (Debian: apt-get install chromium)")
def test_the_page_leaves_for_nowhere(address: str) -> None:
    flags = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
    flags += ["--no-first-run", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
    requested: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        page = browser.new_page(locale="zh-CN")
        page.on("request", lambda request: requested.append(request.url))
        page.goto(address)
        page.fill("#question textarea", QUESTION)
        page.press("#question textarea", "Enter")
        page.locator(".answer.done a.cite").first.click()
        expect(page.locator("#pane mark").first).to_contain_text("101 条标准数字化产线")
        browser.close()
    assert requested
    assert [url for url in requested if not url.startswith((f"{address}/", "data:", "blob:"))] == []
