"""Everything that a reader may paste is told apart."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import UsageError
from kb.sources.identify import identify
from kb.sources.source import PaperSource


@pytest.mark.parametrize(
    ("text", "arxiv_id", "version"),
    [
        ("1706.03741", "1706.03741", None),
        ("1706.03741v4", "1706.03741", 4),
        ("0704.0001", "0704.0001", None),
        ("arXiv:1706.03741", "1706.03741", None),
        ("arxiv: 1706.03741v2", "1706.03741", 2),
        ("arXiv:1706.03741v4 [stat.ML]", "1706.03741", 4),
        ("quant-ph/0201082v1", "quant-ph/0201082", 1),
        ("arXiv:math.GT/0309136", "math/0309136", None),
        ("https://arxiv.org/abs/1706.03741", "1706.03741", None),
        ("http://arxiv.org/abs/1706.03741v3", "1706.03741", 3),
        ("https://arxiv.org/pdf/1706.03741v4.pdf", "1706.03741", 4),
        ("https://arxiv.org/pdf/1706.03741", "1706.03741", None),
        ("https://www.arxiv.org/pdf/1706.03741v1#page=3", "1706.03741", 1),
        ("https://arxiv.org/html/2402.10260v2", "2402.10260", 2),
        ("https://arxiv.org/abs/quant-ph/0201082v1", "quant-ph/0201082", 1),
        ("https://arxiv.org/pdf/cond-mat/0412004.pdf", "cond-mat/0412004", None),
        ("https://export.arxiv.org/abs/1706.03741?context=cs", "1706.03741", None),
        ("arxiv.org/abs/1706.03741", "1706.03741", None),
        ("https://ar5iv.labs.arxiv.org/html/1706.03741", "1706.03741", None),
        ("10.48550/arXiv.1706.03741", "1706.03741", None),
        ("https://doi.org/10.48550/arXiv.1706.03741", "1706.03741", None),
        ("<https://arxiv.org/abs/1706.03741>", "1706.03741", None),
        ("1706.03741v4.pdf", "1706.03741", 4),
    ],
)
def test_arxiv_in_every_form(text: str, arxiv_id: str, version: int | None) -> None:
    assert identify(text) == PaperSource(kind="arxiv", value=arxiv_id, version=version)


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("10.1109/ICSTW55395.2022.00035", "doi", "10.1109/icstw55395.2022.00035"),
        ("doi:10.1038/nature14539.", "doi", "10.1038/nature14539"),
        ("https://doi.org/10.1162/neco.1997.9.8.1735", "doi", "10.1162/neco.1997.9.8.1735"),
        ("https://distill.pub/2020/circuits/", "web", "https://distill.pub/2020/circuits/"),
        ("www.lesswrong.com/posts/x", "web", "https://www.lesswrong.com/posts/x"),
        ("distill.pub/2020/circuits", "web", "https://distill.pub/2020/circuits"),
        ("https://arxiv.org/list/cs.LG/recent", "web", "https://arxiv.org/list/cs.LG/recent"),
        ("AI safety  via debate", "title", "AI safety via debate"),
        ("./missing.pdf", "file", "missing.pdf"),
        ("missing.pdf", "file", "missing.pdf"),
        ("/no/such/thing", "file", "/no/such/thing"),
    ],
)
def test_everything_else(text: str, kind: str, value: str) -> None:
    found = identify(text)
    assert (found.kind, found.value) == (kind, value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("arxiv:abc", "not an arXiv id"),
        ("https://arxiv.org/abs/nonsense", "not an arXiv id"),
        ("ftp://example.org/x.pdf", "cannot be fetched"),
        ("javascript://alert(1)", "cannot be fetched"),
        ("abc", "cannot tell"),
        ("   ", "cannot tell"),
    ],
)
def test_what_is_nothing_says_so(text: str, says: str) -> None:
    with pytest.raises(UsageError, match=says) as caught:
        identify(text)
    assert caught.value.next


def test_what_exists_is_a_file_or_a_folder_whatever_it_is_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "1706.03741v4.pdf").write_bytes(b"%PDF")
    (tmp_path / "two words").mkdir()
    assert identify("1706.03741v4.pdf").kind == "file"
    assert identify("two words").kind == "folder"
    assert identify(str(tmp_path)).kind == "folder"
    assert identify((tmp_path / "1706.03741v4.pdf").as_uri()).kind == "file"
    assert identify("1706.03741v4").kind == "arxiv"


@given(st.text())
def test_any_text_is_either_told_or_refused(text: str) -> None:
    try:
        found = identify(text)
    except UsageError:
        return
    assert found.value


@pytest.mark.parametrize(
    ("entry", "kind", "value"),
    [
        ("@misc{a, title={T}, eprint={1706.03741}, archivePrefix={arXiv}}", "arxiv", "1706.03741"),
        ("@article{a, journal = {arXiv preprint arXiv:1706.03741v2}, title = {T}}", "arxiv", "1706.03741"),
        ('@inproceedings{a, title="Deep {RL}", doi = "10.1109/X.Y"}', "doi", "10.1109/x.y"),
        ("@article(a, doi = {https://doi.org/10.48550/arXiv.1706.03741})", "arxiv", "1706.03741"),
        (
            "@online{a, url={https://distill.pub/2020/circuits/}, title={T}}",
            "web",
            "https://distill.pub/2020/circuits/",
        ),
        ("@book{a,\n  title = {Deep {\\&} {Wide} Learning},\n  year = 2016\n}", "title", "Deep & Wide Learning"),
    ],
)
def test_a_bibtex_entry_says_where_its_paper_is(entry: str, kind: str, value: str) -> None:
    found = identify(entry)
    assert (found.kind, found.value) == (kind, value)


@pytest.mark.parametrize("entry", ["@misc{a}", "@misc{", "@misc{a, year = {2020}}", "@misc{a, title = {", "@a{,=}"])
def test_a_bibtex_entry_that_says_nothing(entry: str) -> None:
    with pytest.raises(UsageError, match="BibTeX"):
        identify(entry)
