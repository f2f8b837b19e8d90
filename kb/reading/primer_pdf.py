"""The primers that come with the program, by id, laid out as PDFs that can be taken in like any other."""

from importlib.resources import files
from pathlib import Path

from kb.errors import NotFoundError
from kb.models.paper import PaperDraft, PaperKind
from kb.reading.compose import compose_pdf, split_front_matter


def primer_files() -> dict[str, Path]:
    """Their Markdown files by id."""
    folder = Path(str(files("reading_lists"))) / "primers"
    return {path.stem: path for path in sorted(folder.glob("*.md"))}


def primer_concepts() -> dict[str, tuple[str, ...]]:
    """The concepts that each primer says it teaches."""
    fronts = {name: split_front_matter(path.read_text("utf-8"))[0] for name, path in primer_files().items()}
    return {name: tuple(front.get("concepts") or ()) for name, front in fronts.items()}


def primer_draft(name: str) -> PaperDraft:
    """What the front matter of a primer says of it; raises NotFoundError where there is none."""
    front, _ = split_front_matter(_markdown(name))
    return PaperDraft(
        title=front["title"],
        authors=tuple(front["authors"]),
        year=front["year"],
        kind=PaperKind.PRIMER,
        abstract=" ".join(front["abstract"].split()),
    )


def lay_out_primer(name: str, folder: Path) -> tuple[Path, PaperDraft]:
    """One primer as a PDF in a folder, with what its front matter says of it; raises NotFoundError."""
    draft = primer_draft(name)
    folder.mkdir(parents=True, exist_ok=True)
    pdf = folder / f"{name}.pdf"
    compose_pdf(_markdown(name), pdf, title=draft.title, authors=draft.authors)
    return pdf, draft


def _markdown(name: str) -> str:
    found = primer_files().get(name)
    if found is None:
        known = ", ".join(primer_files())
        raise NotFoundError(f"no primer is called {name!r}", f"there are {known}", "kb lists show spine-10h")
    return found.read_text("utf-8")
