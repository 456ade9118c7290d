"""Users who ask and think, over a running server: ``locust -f tests/load/locustfile.py --headless``.

Questions are those of the gold set. A user reads an answer and thinks for 10 to 30 seconds before the
next question, as people do; the first comes at a random moment of the first 20. Every fourth question
goes on the stream, every tenth user turn looks at a page instead. ``TIAOWEN_LOAD_PID`` names the
server's process, whose memory is then looked at every five seconds.

    tiaowen serve --port 8000 &
    TIAOWEN_LOAD_PID=$! locust -f tests/load/locustfile.py --headless -u 100 -r 10 -t 5m \\
        -H http://127.0.0.1:8000

It ends with 1 where a request failed, the 95th percentile is not below two seconds, or memory in the
last minute differs from that in the second minute by more than 5 %.
"""

from __future__ import annotations

import json
import os
import random
import re
import time
from pathlib import Path
from statistics import mean

import gevent
from locust import HttpUser, between, events, task

GOLD = Path(__file__).parents[2] / "eval" / "gold" / "five-sources.jsonl"
QUESTIONS = [json.loads(line)["question"] for line in GOLD.read_text("utf-8").splitlines()]
#: Seconds, a share, and milliseconds.
EVERY, FLAT, SLOW = 5, 0.05, 2000

memory: list[tuple[float, int]] = []


class Asker(HttpUser):
    """Somebody with questions."""

    wait_time = between(10, 30)

    def on_start(self) -> None:
        gevent.sleep(random.uniform(0, 20))

    @task(15)
    def ask(self) -> None:
        self.client.post("/api/ask", json={"question": random.choice(QUESTIONS)})

    @task(5)
    def stream(self) -> None:
        body = {"question": random.choice(QUESTIONS)}
        with self.client.post("/api/ask/stream", json=body, catch_response=True) as response:
            if "event: answer" not in response.text:
                response.failure(f"no answer in the stream: {response.text[-200:]}")

    @task(2)
    def look(self) -> None:
        self.client.get(random.choice(("/", "/documents", "/measures")))


def resident(pid: str) -> int:
    """Kilobytes in memory, of a process and its workers, what they share counted once."""
    workers = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    texts = [Path(f"/proc/{p}/smaps_rollup").read_text() for p in (pid, *workers)]
    return sum(int(found[1]) for text in texts if (found := re.search(r"Pss:\s+(\d+)", text)))


@events.test_start.add_listener
def watch(environment, **_) -> None:
    if pid := os.environ.get("TIAOWEN_LOAD_PID"):
        started = time.monotonic()

        def look() -> None:
            while True:
                memory.append((time.monotonic() - started, resident(pid)))
                gevent.sleep(EVERY)

        gevent.spawn(look)


@events.quitting.add_listener
def judge(environment, **_) -> None:
    total = environment.stats.total
    slow = total.get_response_time_percentile(0.95)
    fine = total.num_requests > 0 and total.num_failures == 0 and slow < SLOW
    print(f"{total.num_requests} requests, {total.num_failures} failed, p95 {slow:.0f} ms")
    if memory:
        end = memory[-1][0]
        second = mean(kb for at, kb in memory if 60 <= at < 120) if end > 120 else memory[0][1]
        last = mean(kb for at, kb in memory if at >= end - 60)
        change = last / second - 1
        fine = fine and (end <= 120 or abs(change) <= FLAT)
        print(f"memory {second / 1024:.0f} MB, then {last / 1024:.0f} MB ({change:+.1%})")
    print("load average", *os.getloadavg())
    environment.process_exit_code = 0 if fine else 1
