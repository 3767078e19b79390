"""The benchmark: `python -m eval.bench`: a cold process, warm questions, and the page's start, as medians over runs."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from statistics import median, quantiles

RUNS = 7
# The sentence encoder reads both.
QUESTIONS = {"in Chinese": "企业层面有哪些建议？", "in English": "Why should firms cooperate with universities?"}
SUITE = Path(__file__).parent / "suites" / "paper.jsonl"
# Prints the wall time since the process began, and its peak memory; /usr/bin/time is not on every machine.
_PEAK = (
    "import resource, sys; "
    "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / (1024**2 if sys.platform == 'darwin' else 1024))"
)


def cold(question: str) -> tuple[list[float], float]:
    """Wall seconds of `assistant ask` in fresh processes, and the largest peak memory among them in MB."""
    command = [sys.executable, "-m", "assistant.cli", "ask", question]
    subprocess.run(command, capture_output=True, check=True)
    times = []
    for _ in range(RUNS):
        started = time.perf_counter()
        subprocess.run(command, capture_output=True, check=True)
        times.append(time.perf_counter() - started)
    code = f"import subprocess; subprocess.run({command!r}, capture_output=True); {_PEAK}"
    peak = float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)
    return times, peak


def warm() -> list[float]:
    """Milliseconds of `Assistant.ask` after start-up, over every question of the shipped suite that stands alone."""
    from assistant import Assistant
    from eval.suites import load_suite

    assistant = Assistant.open()
    questions = [case.question for case in load_suite(SUITE).cases if not case.history]
    for question in questions[:20]:
        assistant.ask(question)
    times = []
    for question in questions:
        started = time.perf_counter()
        assistant.ask(question)
        times.append(1000 * (time.perf_counter() - started))
    return times


def page(port: int = 7899) -> tuple[list[float], float]:
    """Wall seconds from starting `assistant serve` until the page answers, and the server's peak memory in MB."""
    times, peak = [], 0.0
    for _ in range(3):
        command = [sys.executable, "-m", "assistant.cli", "serve", "--port", str(port)]
        started = time.perf_counter()
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ)
        try:
            while time.perf_counter() - started < 120:
                try:
                    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5):
                        break
                except OSError:
                    if server.poll() is not None:
                        raise RuntimeError("the server stopped; run: assistant serve") from None
                    time.sleep(0.05)
            times.append(time.perf_counter() - started)
            status = Path(f"/proc/{server.pid}/status")
            if status.exists():
                (line,) = [line for line in status.read_text().splitlines() if line.startswith("VmHWM")]
                peak = max(peak, int(line.split()[1]) / 1024)
        finally:
            server.terminate()
            server.wait(30)
    return times, peak


def main() -> int:
    """Print the figures as a Markdown table."""
    rows = []
    for language, question in QUESTIONS.items():
        times, peak = cold(question)
        among = f"n={len(times)}, {min(times):.2f}–{max(times):.2f}"
        rows.append((f"`assistant ask` {language}, cold process, wall", f"{median(times):.2f} s", among))
        rows.append(("… its peak memory", f"{peak:.0f} MB", "n=1"))
    each = warm()
    slow = quantiles(each, n=20)[-1]
    rows.append(
        ("`Assistant.ask`, warm", f"{median(each):.1f} ms", f"n={len(each)} questions, 95 % under {slow:.1f} ms")
    )
    times, peak = page()
    rows.append(("page start: `assistant serve` until it answers", f"{median(times):.1f} s", f"n={len(times)}"))
    if peak:
        rows.append(("… the server's peak memory by then", f"{peak:.0f} MB", "largest of the same"))
    print("| what | median | runs |\n| --- | --- | --- |")
    for row in rows:
        print("| " + " | ".join(row) + " |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
