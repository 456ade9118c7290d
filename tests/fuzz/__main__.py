"""``python -m tests.fuzz TARGET --seconds N``: fuzz one target, guided by coverage.

Each input that raises something of its own, or takes longer than two seconds, is written to a
folder, once for each place; the run goes on. A crash of the process ends it and leaves the input.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import tempfile
import time
import traceback
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

try:
    import atheris
except ImportError:
    sys.exit("需要 atheris / atheris is missing: pip install 'tiaowen[fuzz]'")

with atheris.instrument_imports(include=["corpus", "indexer", "retriever", "server"]):
    from fuzz_seeds import kept_seeds, made_seeds
    from fuzz_targets import TARGETS, TEXTS, run
from fuzz_words import mutated

#: Seconds of the processor that no small input may take.
_SLOW = 2.0


class _Findings:
    def __init__(self, target: str, folder: Path) -> None:
        self.target, self.folder = target, folder
        self.seen: set[str] = set()
        self.runs = 0

    def __call__(self, content: bytes) -> None:
        self.runs += 1
        started = time.process_time()
        try:
            run(self.target, content)
        # Whatever it is, it is what is looked for.
        except Exception as error:
            place = traceback.extract_tb(error.__traceback__)[-1]
            self._note(f"{type(error).__name__} {place.name}:{place.lineno}", content, error)
        taken = time.process_time() - started
        if taken > _SLOW:
            self._note(f"slow-{int(taken).bit_length()}", content, None)

    def _note(self, kind: str, content: bytes, error: Exception | None) -> None:
        if kind in self.seen:
            return
        self.seen.add(kind)
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"{self.target}-{hashlib.sha256(content).hexdigest()[:10]}"
        path.write_bytes(content)
        told = "".join(traceback.format_exception(error)) if error else ""
        sys.stdout.write(f"\n=== FOUND {kind}: {path} ({len(content)} bytes)\n{told}")
        sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("target", choices=sorted(TARGETS))
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--findings", type=Path, default=Path("fuzz-findings"))
    options = parser.parse_args()
    corpus = Path(tempfile.mkdtemp(prefix=f"fuzz-{options.target}-"))
    seeds = [*made_seeds(options.target), *(p.read_bytes() for p in kept_seeds(options.target))]
    for number, seed in enumerate(seeds):
        (corpus / f"seed{number}").write_bytes(seed)
    findings = _Findings(options.target, options.findings)
    limits = [f"-max_total_time={options.seconds}", "-timeout=30", "-rss_limit_mb=3000"]
    places = [f"-artifact_prefix={options.findings}/{options.target}-", "-print_final_stats=1"]
    options.findings.mkdir(parents=True, exist_ok=True)
    ways = {"custom_mutator": _mutate} if options.target in TEXTS else {}
    atheris.Setup([sys.argv[0], *limits, *places, "-max_len=8192", str(corpus)], findings, **ways)
    atheris.Fuzz()


def _mutate(content: bytes, most: int, seed: int) -> bytes:
    return mutated(content, most, seed) if seed % 4 else atheris.Mutate(content, most)


main()
