"""The command line: `assistant ask | serve | key | index | eval`. Errors are one line and an exit code, never a traceback."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from importlib.metadata import entry_points, version
from pathlib import Path

from assistant.errors import AssistantError
from assistant.settings import Settings
from index.errors import IndexingError

Run = Callable[[argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit code: 0 done, 1 the documents do not answer, 2 an error in what was asked for."""
    parser = _parser()
    options = parser.parse_args(arguments)
    run: Run | None = getattr(options, "run", None)
    if run is None:
        parser.print_help()
        return 2
    try:
        return run(options)
    except (AssistantError, IndexingError) as error:
        print(f"assistant: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="assistant", description="Cited answers over policy text, in Chinese and English, from documents alone."
    )
    parser.add_argument("--version", action="version", version=f"policy-assistant {version('policy-assistant')}")
    commands = parser.add_subparsers(title="commands", metavar="")
    _ask(commands)
    _serve(commands)
    _key(commands)
    _index(commands)
    for extension in entry_points(group="assistant.commands"):
        extension.load()(commands)
    return parser


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    help_: str,
    example: str,
    run: Run | None = None,
) -> argparse.ArgumentParser:
    parser = commands.add_parser(
        name,
        help=help_,
        description=help_[0].upper() + help_[1:] + ".",
        epilog=f"example:\n  {example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    if run:
        parser.set_defaults(run=run)
    return parser


def _ask(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = _command(
        commands, "ask", "answer one question, with citations", 'assistant ask "企业层面有哪些建议？"', run_ask
    )
    parser.add_argument("question", help="the question, in Chinese or English; - reads it from standard input")
    parser.add_argument("--index", metavar="DIR", help="index folder (default: the shipped paper, or ASSISTANT_INDEX)")
    parser.add_argument("--model", metavar="NAME", help="chat model to answer with, as provider:name (default: none)")
    parser.add_argument("--json", action="store_true", help="print the whole answer as JSON")


def _serve(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = _command(commands, "serve", "open the chat page", "assistant serve --port 8080", run_serve)
    parser.add_argument("--index", metavar="DIR", help="index folder (default: the shipped paper, or ASSISTANT_INDEX)")
    parser.add_argument("--model", metavar="NAME", help="chat model to answer with, as provider:name (default: none)")
    parser.add_argument("--host", help="address to listen on (default: 127.0.0.1, this machine only)")
    parser.add_argument("--port", type=int, help="port to listen on (default: 7860)")
    parser.add_argument(
        "--keys", metavar="FILE", help="file of the keys that open it, a line of `assistant key` for each"
    )
    parser.add_argument(
        "--public", action="store_true", default=None, help="answer anyone who can reach the address, without a key"
    )


def _key(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    _command(commands, "key", "make a key, and the line that stands for it in a file of keys", "assistant key", run_key)


def _index(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = _command(
        commands, "index", "build, show and search an index", "assistant index build policies/ --out my-index"
    )
    actions = parser.add_subparsers(title="actions", metavar="", required=True)
    build = _command(
        actions,
        "build",
        "index documents",
        "assistant index build policies/ handbook.md --out my-index",
        run_index_build,
    )
    build.add_argument(
        "paths", nargs="*", type=Path, help="Markdown or text files, or folders of them (default: the shipped paper)"
    )
    build.add_argument("--out", type=Path, metavar="DIR", help="folder to write the index to (required with paths)")
    build.add_argument(
        "--embedding", metavar="MODEL", help="a sentence-transformers model, folder or id (default: the shipped one)"
    )
    show = _command(actions, "show", "say what an index holds", "assistant index show --index my-index", run_index_show)
    show.add_argument("--index", metavar="DIR", help="index folder (default: the shipped paper)")
    show.add_argument("--passages", action="store_true", help="list every passage with its section")
    search = _command(
        actions,
        "search",
        "list the passages nearest to a question",
        'assistant index search "人才短缺"',
        run_index_search,
    )
    search.add_argument("question", help="what to look for")
    search.add_argument("--index", metavar="DIR", help="index folder (default: the shipped paper)")
    search.add_argument("--count", type=int, default=5, help="how many passages (default: 5)")


def run_ask(options: argparse.Namespace) -> int:
    """`assistant ask`: print an answer and where each line of it stands."""
    from assistant.assistant import Assistant

    question = sys.stdin.read().strip() if options.question == "-" else options.question
    answer = Assistant.open(settings=Settings.load(index=options.index, model=options.model)).ask(question)
    if options.json:
        print(json.dumps(answer.to_dict(), ensure_ascii=False, indent=2))
        return 1 if answer.abstained else 0
    print(_shown(answer.text))
    for notice in answer.notices:
        print(f"\n* {_shown(notice)}")
    for citation in answer.citations or answer.nearest:
        place = " > ".join(filter(None, (citation.section.number, *citation.section.path)))
        print(
            f"\n[{citation.number}] {_shown(citation.document.title)}  {_shown(place)}  ({citation.start}-{citation.end})"
        )
        print(f"    {_shown(citation.quote)}")
        if citation.translation and answer.language == "en":
            print(f"    {_shown(citation.translation)}")
    return 1 if answer.abstained else 0


def run_serve(options: argparse.Namespace) -> int:
    """`assistant serve`: the chat page, until it is stopped."""
    from assistant.server import serve

    flags = {name: getattr(options, name) for name in ("index", "model", "host", "port", "keys", "public")}
    serve(Settings.load(**flags))
    return 0


def run_key(options: argparse.Namespace) -> int:
    """`assistant key`: a new key, shown this once, and its line for the file."""
    from assistant.api.access import new_key

    key, line = new_key()
    print(f"key   {key}\nline  {line}")
    return 0


def run_index_build(options: argparse.Namespace) -> int:
    """`assistant index build`: documents to an index, with progress."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from index.embeddings import SHIPPED_MODEL
    from index.errors import DocumentError
    from index.store import SHIPPED_CORPUS, SHIPPED_INDEX, build_index

    if options.paths and not options.out:
        raise DocumentError("found documents but no place for their index, expected --out DIR")
    folder = options.out or SHIPPED_INDEX
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, transient=True, disable=not sys.stderr.isatty()) as bar:
        tasks = {}

        def report(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=total)
            bar.update(tasks[stage], completed=done, total=total)

        manifest = build_index(options.paths or [SHIPPED_CORPUS], folder, options.embedding or SHIPPED_MODEL, report)
    documents = "1 document" if manifest.documents == 1 else f"{manifest.documents} documents"
    print(f"{folder}: {documents}, {manifest.passages} passages")
    return 0


def run_index_show(options: argparse.Namespace) -> int:
    """`assistant index show`: the manifest, the documents, and on request each passage."""
    from index.passages import heading_path
    from index.store import PassageIndex

    index = PassageIndex.open(Path(options.index) if options.index else None)
    manifest = index.manifest
    print(f"format {manifest.format}; {manifest.rows} vectors of {manifest.dimension} by {manifest.metric}")
    print(
        f"model {manifest.model} ({manifest.model_fingerprint}); floor {manifest.calibration.get('floor', 'as shipped')}"
    )
    for document in index.documents.values():
        own = [p for p in index.passages if p.document == document.id]
        print(
            f"{_shown(document.id)}: {_shown(document.title)} ({document.language}, {len(document.text)} characters, {len(own)} passages)"
        )
        for passage in own if options.passages else ():
            place = " > ".join(heading_path(document, passage.section))
            print(
                f"  {passage.id:>5}  {passage.start}-{passage.end}  {_shown(place)}: {_shown(index.text(passage))[:60]}"
            )
    return 0


def run_index_search(options: argparse.Namespace) -> int:
    """`assistant index search`: passages and the parts of their score."""
    from index.passages import heading_path
    from index.store import PassageIndex

    index = PassageIndex.open(Path(options.index) if options.index else None)
    for hit in index.search(options.question, max(1, options.count)):
        place = " > ".join(heading_path(index.documents[hit.passage.document], hit.passage.section))
        print(
            f"{hit.score:.3f} (cosine {hit.cosine:.3f}, bm25 {hit.bm25:.3f})  {_shown(hit.passage.document)}  {_shown(place)}"
        )
        print(f"    {_shown(index.text(hit.passage))[:160]}")
    return 0


def _shown(text: str) -> str:
    """Text for a terminal: line breaks stay, other control characters of a document or question do not reach it."""
    return "".join(c for c in text if c in "\n\t" or c.isprintable() or c == "\u3000")


if __name__ == "__main__":
    sys.exit(main())
