"""``tiaowen batch``: a file of questions to a workbook or JSON lines."""

from __future__ import annotations

import argparse
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from corpus.errors import InputError
from server.assembly import open_assistant
from server.batches.reading import Asked, read_questions
from server.batches.result import json_lines, workbook
from server.batches.store import Job, Jobs
from server.batches.worker import result_of
from server.console import Bar, complain, say, write
from server.settings import Settings

__all__ = ["batch"]


def batch(options: argparse.Namespace, settings: Settings) -> int:
    """Answer every question of a file; return 1 where one failed."""
    out: Path = options.out
    if out.suffix not in (".xlsx", ".jsonl"):
        raise InputError(
            "--out 应以 .xlsx 或 .jsonl 结尾 / must end in .xlsx or .jsonl", field="out"
        )
    questions = _questions(options.file, settings.batch_questions)
    # What is answered already lies beside the result until it is written.
    jobs = Jobs(out.parent / f".{out.name}.batch")
    job = _job(jobs, questions, options.resume)
    assistant = open_assistant(settings, Bar(), say)
    bar, total = Bar(), len(job.questions)
    try:
        for n in job.open:
            jobs.add(job.id, n, result_of(job.questions[n - 1], assistant))
            bar("ask", jobs.progress(job.id).done, total)
    except KeyboardInterrupt:
        done = jobs.progress(job.id).done
        complain(f"已答 {done}/{total}，加 --resume 接着答 / interrupted: go on with --resume")
        return 130
    job = jobs.read(job.id)
    _write(out, workbook(job) if out.suffix == ".xlsx" else json_lines(job))
    shutil.rmtree(jobs.folder)
    failed = sum("error" in result for result in job.results.values())
    write(f"{total} 个问题，{failed} 个没有答成：{out} / questions, failed")
    return 1 if failed else 0


def _questions(file: Path, most: int) -> tuple[Asked, ...]:
    try:
        return read_questions(file.read_bytes(), most)
    except OSError as error:
        raise InputError(
            f"无法读取 {file} / cannot read: {error.strerror or error}", field="file"
        ) from error


def _job(jobs: Jobs, questions: Sequence[Asked], resume: bool) -> Job:
    left = [jobs.read(name) for name in jobs.all()]
    if resume and left:
        if left[-1].questions != tuple(questions):
            raise InputError(
                "问题与上次不同，不能接着答；去掉 --resume 重新开始 / the questions differ from last time",
                field="resume",
            )
        return left[-1]
    for job in left:
        jobs.delete(job.id)
    return jobs.create(questions)


def _write(out: Path, content: bytes) -> None:
    new = out.with_name(f".{out.name}.new")
    new.write_bytes(content)
    os.replace(new, out)
