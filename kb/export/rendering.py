"""Templates: the reader's own in ``<home>/templates`` win over the packaged ones; what they print is escaped."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    FileSystemLoader,
    PackageLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from kb.errors import UsageError

Escape = Callable[[str], str]


def finished(text: str) -> Markup:
    """Marks text as escaped for the output's own syntax, so that it is printed as it stands."""
    return Markup(text)  # noqa: S704 - callers have escaped it; this is the only door


def source_of(own: Path | None, name: str) -> str:
    """The template that is used now, the reader's own or the packaged one; raises UsageError where there is none."""
    env = environment(own, str, {})
    assert env.loader is not None
    try:
        return env.loader.get_source(env, name)[0]
    except TemplateError as error:
        known = ", ".join(sorted(PackageLoader("kb.export", "templates").list_templates()))
        raise UsageError(f"there is no template {name!r}", f"there are {known}", "kb export template NAME") from error


def environment(
    own: Path | None, escape: Escape, filters: Mapping[str, Callable[..., Any]]
) -> ImmutableSandboxedEnvironment:
    """Templates whose every ``{{ value }}`` goes through ``escape``, unless a filter has marked it as finished."""
    packaged: BaseLoader = PackageLoader("kb.export", "templates")
    loader = ChoiceLoader([FileSystemLoader(own), packaged]) if own else packaged

    def printed(value: Any) -> Markup:
        return value if isinstance(value, Markup) else finished("" if value is None else escape(str(value)))

    made = ImmutableSandboxedEnvironment(
        loader=loader,
        autoescape=True,
        finalize=printed,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters.update(filters)
    return made


def render(env: ImmutableSandboxedEnvironment, name: str, values: Mapping[str, Any]) -> str:
    """Fill in a template; raises UsageError, with file and line, where a template of the reader's own is at fault."""
    try:
        text = env.get_template(name).render(values)
    except TemplateSyntaxError as error:
        where = f"{error.filename or name}, line {error.lineno}"
        raise UsageError(f"the template {where} cannot be read", error.message or "", _mend(error.filename)) from error
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError) as error:
        raise UsageError(f"the template {name} cannot be filled in", str(error), _mend(None)) from error
    return text.strip("\n") + "\n"


def _mend(filename: str | None) -> str:
    return (
        f"mend {filename or 'the template in the templates folder of the home'}, or remove it to use the packaged one"
    )
