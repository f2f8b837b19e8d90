"""Options that say which days a summary is of."""

from typing import Annotated

import typer

Since = Annotated[str | None, typer.Option(help="From this day on, such as 2026-01-31.")]
Until = Annotated[str | None, typer.Option(help="Up to this day; today if left out.")]
