"""The most that a server gives: so many clients ask one question after another, without a pause.

    python tests/load/closed_loop.py --clients 16 --seconds 30 --rounds 2

Servers with and without batching take turns, with no answers kept, so that a noisy neighbour meets
both. Besides questions a second it says what a question costs in processor time, which others on the
machine change less.
"""

from __future__ import annotations

import argparse
import http.client
import itertools
import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "eval" / "gold" / "five-sources.jsonl"
#: Names of variants with their settings.
VARIANTS = {"batched": {}, "alone": {"TIAOWEN_BATCH_MOST": "1"}}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--port", type=int, default=0)
    options = parser.parse_args()
    found: dict[str, list[tuple[int, float, float]]] = {name: [] for name in VARIANTS}
    for turn, (name, settings) in itertools.product(range(options.rounds), VARIANTS.items()):
        done, seconds, spent, times = measured(settings, options, seed=turn)
        found[name].append((done, seconds, spent))
        times.sort()
        print(
            f"{name:8} {done / seconds:6.2f} questions/s, {1000 * spent / done:5.1f} ms of processor each, "
            f"p50 {times[len(times) // 2]:.2f} s, p95 {times[int(0.95 * len(times))]:.2f} s, "
            f"load {os.getloadavg()[0]:.1f}",
            flush=True,
        )
    sums = {
        name: [sum(column) for column in zip(*runs, strict=True)] for name, runs in found.items()
    }
    (b, bs, bc), (a, as_, ac) = sums["batched"], sums["alone"]
    print(
        f"batched / alone: {(b / bs) / (a / as_):.2f} by the clock, {(ac / a) / (bc / b):.2f} by processor"
    )


def measured(settings: dict[str, str], options: argparse.Namespace, seed: int):
    """Questions answered, seconds, processor seconds, and the time of each."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", options.port))
        port = free.getsockname()[1]
    own = {"TIAOWEN_ANSWER_CACHE": "0", "TIAOWEN_LIMIT_ADDRESS": "", "TIAOWEN_STORE_QUESTIONS": "0"}
    server = subprocess.Popen(
        [sys.executable, "-m", "server.cli", "serve", "--port", str(port)],
        cwd=ROOT, env=os.environ | own | settings, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        ready(port)
        ask_for(port, options.clients, 5, seed + 1000)
        before, started = processor(server.pid), time.monotonic()
        times = ask_for(port, options.clients, options.seconds, seed)
        seconds = time.monotonic() - started
        return len(times), seconds, processor(server.pid) - before, times
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)


def processor(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def ready(port: int) -> None:
    for _ in range(1200):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/readyz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server did not become ready")


def ask_for(port: int, clients: int, seconds: float, seed: int) -> list[float]:
    questions = [json.loads(line)["question"] for line in GOLD.read_text("utf-8").splitlines()]
    random.Random(seed).shuffle(questions)
    waiting, lock = itertools.cycle(questions), threading.Lock()
    end, times = time.monotonic() + seconds, list[float]()

    def client() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        while time.monotonic() < end:
            with lock:
                body = json.dumps({"question": next(waiting)})
            started = time.monotonic()
            connection.request("POST", "/api/ask", body, {"Content-Type": "application/json"})
            response = connection.getresponse()
            text = response.read().decode()
            if response.status != 200 or not re.search(r'"status":\s*"', text):
                raise SystemExit(f"{response.status}: {text[:200]}")
            times.append(time.monotonic() - started)

    threads = [threading.Thread(target=client) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times


if __name__ == "__main__":
    main()
