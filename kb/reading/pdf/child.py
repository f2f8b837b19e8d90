"""The child process: reads one request a line, answers in lines of JSON; a file that is too much for it kills it."""

import gc
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

from pydantic import BaseModel

from kb.errors import KbError
from kb.reading.pdf import limiting, requests
from kb.reading.pdf.library import load

Answer = dict[str, Any]


def serve(source: IO[str], answers: IO[str]) -> None:
    """Answer requests until the parent closes the pipe."""
    for line in source:
        request = json.loads(line)
        limiting.apply(request["memory_bytes"], request["cpu_s"])
        for answer in _answer(request):
            answers.write(_line(answer))
            answers.flush()
        load().TOOLS.store_shrink(100)


def _line(answer: Answer) -> str:
    """An answer on its way to the parent; a whole document is written by pydantic itself."""
    done = answer.get("done")
    if isinstance(done, BaseModel):
        return f'{{"done":{done.model_dump_json()}}}\n'
    return json.dumps(answer) + "\n"


def _answer(request: Answer) -> Iterator[Answer]:
    """The answers to one request; the last one has ``done`` or ``failed``."""
    do: Callable[[Path, Answer], Iterator[Answer]] = requests.TABLE[request["do"]]
    try:
        yield from do(Path(request["path"]), request)
    except KbError as error:
        yield _failed(error)
    except MemoryError:
        yield _failed(requests.over_memory(Path(request["path"])))
    except Exception as error:
        yield _failed(requests.unreadable(Path(request["path"]), error))


def _failed(error: KbError) -> Answer:
    """An error on its way to the parent."""
    return {"failed": {"what": error.what, "why": error.why, "next": error.next}}


def main() -> None:
    """Start answering; a paper is many small objects without cycles, so the collector seldom runs."""
    gc.set_threshold(200_000, 20, 20)
    answers = limiting.silence()
    with open(answers, "w", encoding="utf-8") as out:
        try:
            serve(sys.stdin, out)
        except BrokenPipeError:
            sys.exit(0)


if __name__ == "__main__":
    main()
