"""The server under load: `python -m eval.load`: people who ask at once, and the memory of the process over many questions."""

from __future__ import annotations

import argparse
import http.client
import itertools
import json
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median, quantiles

from eval.suites import load_suite

SUITE = Path(__file__).parent / "suites" / "paper.jsonl"
# People who ask while the memory is looked at, and how often it is.
STEADY = 4
LOOKS = 10


def main() -> int:
    """Print the figures of README's table; 1 where a question got no answer."""
    parser = argparse.ArgumentParser(prog="python -m eval.load", description=__doc__)
    parser.add_argument("--people", type=int, default=100, help="how many ask at once (default: 100)")
    parser.add_argument("--rounds", type=int, default=5, help="how often they do (default: 5)")
    parser.add_argument("--questions", type=int, default=10_000, help="questions for the memory (default: 10,000)")
    options = parser.parse_args()
    questions = [case.question for case in load_suite(SUITE).cases if not case.history]
    command = [sys.executable, "-m", "assistant.cli", "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            port = int(re.findall(r":(\d+) ", server.stdout.readline())[0])
            errors = at_once(port, questions, options.people, options.rounds)
            return 1 if errors + steadily(port, server.pid, questions, options.questions) else 0
        finally:
            server.terminate()


def at_once(port: int, questions: Sequence[str], people: int, rounds: int) -> int:
    """Print how long people wait who all ask in the same moment; the number of questions without an answer."""
    asked = itertools.cycle(questions)
    _together(port, [next(asked) for _ in range(people)])
    times: list[float] = []
    errors = 0
    for _ in range(rounds):
        found = _together(port, [next(asked) for _ in range(people)])
        errors += found.count(None)
        times += [seconds for seconds in found if seconds is not None]
    tail = quantiles(times, n=20)[-1]
    print(
        f"{people} people at once: {errors} errors, p50 {median(times):.2f} s, p95 {tail:.2f} s, "
        f"slowest {max(times):.2f} s (n={len(times)}, {rounds} rounds)"
    )
    return errors


def steadily(port: int, pid: int, questions: Sequence[str], count: int) -> int:
    """Print the server's memory every so many questions; the number of questions without an answer."""
    asked = itertools.cycle(questions)
    errors = 0
    looks = [_memory(pid)]
    with ThreadPoolExecutor(STEADY) as pool:
        for _ in range(LOOKS):
            batch = [next(asked) for _ in range(count // LOOKS)]
            errors += [*pool.map(lambda question: _ask(port, question), batch)].count(None)
            looks.append(_memory(pid))
    print(f"memory over {count} questions: {errors} errors, MB {', '.join(f'{look:.0f}' for look in looks)}")
    return errors


def _together(port: int, questions: Sequence[str]) -> list[float | None]:
    with ThreadPoolExecutor(len(questions)) as pool:
        return list(pool.map(lambda question: _ask(port, question), questions))


def _ask(port: int, question: str) -> float | None:
    """Seconds until an answer is there whole; None without one."""
    started = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        body = json.dumps({"question": question})
        connection.request("POST", "/api/ask", body, {"Content-Type": "application/json"})
        response = connection.getresponse()
        found = json.loads(response.read())
        return time.perf_counter() - started if response.status == 200 and found["text"] else None
    except (OSError, http.client.HTTPException, ValueError):
        return None
    finally:
        connection.close()


def _memory(pid: int) -> float:
    """Resident memory of a process in MB."""
    shown = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=True)
    return int(shown.stdout) / 1024


if __name__ == "__main__":
    sys.exit(main())
