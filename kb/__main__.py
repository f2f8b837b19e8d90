"""The entry point of ``kb``: where errors become sentences and exit codes."""

import gc
import os
import sys

from kb.errors import ExitCode, KbError

_INTERRUPTED = 130
_COLLECTED_AT = 50_000
"""Objects made before garbage is looked for: the thousands that an import makes all stay."""


def main() -> None:
    """Run the command line; never shows a traceback for something that a reader can act on."""
    gc.set_threshold(_COLLECTED_AT)
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command and return its exit code."""
    try:
        return _invoke(_home_taken_out(arguments))
    except KbError as error:
        return _complain(error, arguments)
    except KeyboardInterrupt:
        from kb.cli.console import say

        say("stopped; what was done is kept, and the same command goes on from here")
        return _INTERRUPTED
    except BrokenPipeError:
        # The reader of our output (head, a pager) has seen enough; nothing more may be written to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.OK
    except Exception as error:
        if os.environ.get("KB_DEBUG"):
            raise
        return _complain(_own_fault(error), arguments)


def _complain(error: KbError, arguments: list[str]) -> int:
    from kb.cli.console import complain

    return complain(error, as_json="--json" in arguments)


def _own_fault(error: Exception) -> KbError:
    """What to say of an error that is the program's own: its trace goes to a file, not over the reader's screen."""
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile("w", prefix="kb-error-", suffix=".log", delete=False, encoding="utf-8") as log:
        traceback.print_exception(error, file=log)
    return KbError(
        "kb has met an error of its own; what was saved is safe",
        f"{type(error).__name__}: {error}",
        f"run `kb doctor`; the details are in {log.name}",
    )


def _invoke(arguments: list[str]) -> int:
    if not arguments and sys.stdin.isatty() and sys.stdout.isatty():
        return _screen()
    import typer

    from kb.cli.app import command_line

    try:
        result = command_line(arguments)(args=arguments, prog_name="kb", standalone_mode=False)
    except typer.Abort:
        raise KeyboardInterrupt from None
    except Exception as error:
        show = getattr(error, "show", None)  # click's own usage errors, which typer re-exports only in part
        if show is None:
            raise
        show()
        return ExitCode.USAGE
    return result if isinstance(result, int) else ExitCode.OK


def _screen() -> int:
    """The screen at once: the commands and their library are not imported for it."""
    from kb.config import open_home
    from kb.launch.tui_launcher import open_screen

    open_screen(open_home(), None)
    return ExitCode.OK


def _home_taken_out(arguments: list[str]) -> list[str]:
    """``--home DIR`` may stand anywhere before ``--``: it means the same as ``KB_HOME``."""
    left, rest = list(arguments), []
    if "--" in left:
        cut = left.index("--")
        left, rest = left[:cut], left[cut:]
    for index, argument in enumerate(left):
        if argument == "--home" and index + 1 < len(left):
            os.environ["KB_HOME"] = left[index + 1]
            return left[:index] + left[index + 2 :] + rest
        if argument.startswith("--home="):
            os.environ["KB_HOME"] = argument.removeprefix("--home=")
            return left[:index] + left[index + 1 :] + rest
    return left + rest


if __name__ == "__main__":
    main()
