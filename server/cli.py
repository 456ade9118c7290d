"""The ``tiaowen`` command. Upper layers add commands through the entry points below."""

from __future__ import annotations

import argparse
import errno
import sys
from collections.abc import Callable, Sequence
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from corpus.errors import InputError, PolicyError
from server.console import complain, speak_utf8, stop_quietly
from server.settings import Settings
from server.starting import imported

__all__ = ["day", "main"]

#: Packages above the server register their commands under this name (eval does).
_PLUGINS = "tiaowen.commands"

Command = Callable[[argparse.Namespace, Settings], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0 on success, 1 on failure, 2 on wrong use."""
    speak_utf8()
    options = _parser(sys.argv[1:] if arguments is None else arguments).parse_args(arguments)
    try:
        settings = Settings()
    except ValidationError as error:
        complain(_unreadable(error))
        return 2
    if getattr(options, "index", None):
        settings = settings.model_copy(update={"index": options.index})
    return _run(options.run, options, settings)


def _run(run: Command, options: argparse.Namespace, settings: Settings) -> int:
    """Run a command, and say what went wrong in one line."""
    try:
        return run(options, settings)
    except InputError as error:
        complain(error.message)
        return 2
    except PolicyError as error:
        complain(error.message)
        return 1
    except BrokenPipeError:
        stop_quietly()
        return 1
    except OSError as error:
        if settings.debug:
            raise
        complain(_unusable(error))
        return 1
    except KeyboardInterrupt:
        complain("已中断 / interrupted")
        return 130
    except Exception as error:
        if settings.debug:
            raise
        complain(f"内部错误 / internal error: {type(error).__name__}: {error}（TIAOWEN_DEBUG=1）")
        return 1


def _unusable(error: OSError) -> str:
    """Say what a disk or a network did not do: no error of ours."""
    what = f"{error.strerror or error}" + (f": {error.filename}" if error.filename else "")
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"磁盘已满，什么都没有改动 / no room on the disk, nothing was changed: {what}"
    return f"无法读写文件 / a file cannot be read or written: {what}"


def _unreadable(error: ValidationError) -> str:
    """Say which settings are wrong; never their values, which may be secrets."""
    wrong = "; ".join(f"TIAOWEN_{str(e['loc'][0]).upper()}: {e['msg']}" for e in error.errors())
    return f"设置有误 / bad settings: {wrong}"


def _parser(arguments: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="tiaowen", description="条文：政策问答，答到条款。Answers from policy documents."
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="版本 / the version")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_corpus_commands(subparsers)
    _add_question_commands(subparsers)
    _add_keeping_commands(subparsers)
    serve = _command(subparsers, "serve", "serving", "启动网页与接口 / the page and the API")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=_port, default=8000)
    serve.add_argument("--workers", type=_count, default=1, metavar="N", help="进程数 / processes")
    _add_index(serve)
    _add_operating_commands(subparsers)
    mcp = _command(subparsers, "mcp", "mcp_tools.command", "MCP 工具 / tools for MCP clients")
    mcp.add_argument("--http", action="store_true", help="HTTP；默认标准输入输出 / default: stdio")
    mcp.add_argument("--host", default="127.0.0.1")
    mcp.add_argument("--port", type=_port, default=8001)
    _add_index(mcp)
    # A command of this package does without importing those of others.
    if not any(argument in subparsers.choices for argument in arguments[:1]):
        for plugin in entry_points(group=_PLUGINS):
            plugin.load()(subparsers)
    return parser


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> None:
        from server.pages import VERSION

        parser.exit(message=f"tiaowen {VERSION}\n")


def _command(
    subparsers: Any, name: str, module: str, text: str, function: str | None = None
) -> argparse.ArgumentParser:
    """Add a command of a module, which is imported only where it is to run."""

    def run(options: argparse.Namespace, settings: Settings) -> int:
        call: Command = getattr(imported(f"server.{module}"), function or name)
        return call(options, settings)

    command: argparse.ArgumentParser = subparsers.add_parser(name, help=text, description=text)
    command.set_defaults(run=run)
    return command


def _add_corpus_commands(subparsers: Any) -> None:
    module = "corpus_commands"
    parse = _command(subparsers, "parse", module, "一份文件的条款 / a document's outline")
    parse.add_argument("files", nargs="+", type=Path, metavar="FILE")
    _add_json(parse)
    audit = _command(subparsers, "audit", module, "来源问题 / findings on the sources")
    audit.add_argument("corpus", nargs="?", type=Path, metavar="CORPUS")
    _add_json(audit)
    index = _command(subparsers, "index", module, "建立索引 / build or refresh the index")
    index.add_argument("corpus", nargs="?", type=Path, metavar="CORPUS")
    index.add_argument("--out", type=Path, metavar="DIR")
    _add_json(index)
    add = _command(subparsers, "add", module, "加入文件 / put documents into the corpus")
    add.add_argument("files", nargs="+", type=Path, metavar="FILE")
    remove = _command(subparsers, "remove", module, "移除文件 / take documents out of the corpus")
    remove.add_argument("documents", nargs="+", metavar="DOCUMENT")
    for command in (add, remove):
        command.add_argument("--corpus", type=Path, metavar="DIR")
        _add_index(command)
        _add_json(command)


def _add_question_commands(subparsers: Any) -> None:
    search = _command(subparsers, "search", "commands", "检索条款 / ranked clauses")
    search.add_argument("query", metavar="QUERY")
    search.add_argument("-k", type=_count, default=10, metavar="N")
    search.add_argument("--authority", choices=("normative", "informational"))
    _add_limits(search)
    ask = _command(subparsers, "ask", "commands", "提问 / an answer with citations")
    ask.add_argument("question", metavar="QUESTION")
    _add_limits(ask)
    check = _command(
        subparsers, "check", "checking.command", "核对一段文字里的引用 / check a text's references"
    )
    check.add_argument("file", metavar="FILE", help="- 为标准输入 / - for standard input")
    check.add_argument("--as-of", type=day, metavar="D")
    _add_index(check)
    _add_json(check)
    batch = _command(
        subparsers, "batch", "batches.command", "逐个回答一份问题清单 / answer a file of questions"
    )
    batch.add_argument("file", type=Path, metavar="FILE", help="XLSX, CSV, JSONL, TXT")
    batch.add_argument("--out", type=Path, required=True, metavar="RESULT", help=".xlsx, .jsonl")
    batch.add_argument("--resume", action="store_true", help="接着上次 / go on where it stopped")
    _add_index(batch)
    match = _command(subparsers, "match", "match_command", "匹配支持措施 / measures for a company")
    match.add_argument("profile", metavar="PROFILE.json", help="企业情况，- 为标准输入")
    _add_index(match)
    _add_json(match)
    show = _command(subparsers, "show", "commands", "一条条款 / one clause")
    show.add_argument("address", metavar="ADDRESS")
    _add_index(show)
    _add_json(show)


def _add_keeping_commands(subparsers: Any) -> None:
    module = "keeping.commands"
    text = "密钥 / keys to the server"
    keys = subparsers.add_parser("keys", help=text, description=text)
    actions = keys.add_subparsers(dest="action", required=True, metavar="ACTION")
    make = _command(actions, "make", module, "新建，只显示一次 / shown once", "new_key")
    make.add_argument("name", metavar="NAME")
    make.add_argument("--scope", action="append", choices=("read", "batch", "widget", "admin"))
    make.add_argument(
        "--origin",
        action="append",
        default=[],
        metavar="URL",
        help="widget 的网站 / a widget's site",
    )
    make.add_argument("--expires", type=day, metavar="DATE", help="最后有效日 / its last day")
    _add_json(make)
    _add_json(_command(actions, "list", module, "列出 / all keys", "show_keys"))
    revoke = _command(actions, "revoke", module, "撤销 / make a key useless", "end_key")
    revoke.add_argument("id", metavar="ID")
    _add_json(revoke)
    feedback = _command(subparsers, "feedback", module, "用户评价 / what users said of answers")
    feedback.add_argument(
        "--gold", type=Path, metavar="FILE", help="写成待填的金标题 / to be filled in"
    )
    _add_json(feedback)
    usage = _command(subparsers, "usage", module, "使用情况 / the audit log in sum")
    usage.add_argument("--days", type=_days, default=30, metavar="N")
    _add_json(usage)


def _add_operating_commands(subparsers: Any) -> None:
    doctor = _command(
        subparsers, "doctor", "operating.doctor.command", "检查安装 / check the installation"
    )
    doctor.add_argument("--host", default="127.0.0.1", help="将要监听的地址 / as for serve")
    _add_index(doctor)
    _add_json(doctor)
    backup = _command(
        subparsers, "backup", "operating.backup.command", "备份到一个文件 / back up to one file"
    )
    backup.add_argument("file", type=Path, metavar="FILE")
    backup.add_argument("--no-index", action="store_true", help="不含索引，恢复后重建 / rebuilt")
    restore = _command(
        subparsers, "restore", "operating.backup.command", "从备份恢复 / restore a backup"
    )
    restore.add_argument("file", type=Path, metavar="FILE")
    restore.add_argument("--force", action="store_true", help="替换已有的，旧的留存 / keep the old")
    for command in (backup, restore):
        command.add_argument("--corpus", type=Path, metavar="DIR")
        _add_index(command)
        _add_json(command)


def _add_limits(command: argparse.ArgumentParser) -> None:
    command.add_argument("--area", metavar="A")
    command.add_argument("--higher", action="store_true", help="含上级 / levels above the area too")
    command.add_argument("--in-force", action="store_true", help="只要现行有效的 / in force only")
    command.add_argument("--as-of", type=day, metavar="D")
    command.add_argument("--document", action="append", default=[], metavar="ID")
    _add_index(command)
    _add_json(command)


def _add_index(command: argparse.ArgumentParser) -> None:
    command.add_argument("--index", type=Path, metavar="DIR")


def _add_json(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true")


def day(text: str) -> Any:
    """Read an option that is a date, for argparse; an empty one is None."""
    from server.inputs import read_date

    try:
        return read_date(text)
    except InputError as error:
        raise argparse.ArgumentTypeError(error.message) from error


def _port(text: str) -> int:
    if text.isdigit() and int(text) <= 65535:
        return int(text)
    raise argparse.ArgumentTypeError(f"应为 0 到 65535 的端口 / not a port: {text!r}")


def _days(text: str) -> int:
    if text.isdigit() and 1 <= int(text) <= 3650:
        return int(text)
    raise argparse.ArgumentTypeError(f"应为 1 到 3650 天 / days, 1 to 3650: {text!r}")


def _count(text: str) -> int:
    if text.isdigit() and 1 <= int(text) <= 100:
        return int(text)
    raise argparse.ArgumentTypeError(f"应为 1 到 100 的整数 / a number from 1 to 100: {text!r}")


if __name__ == "__main__":
    sys.exit(main())
