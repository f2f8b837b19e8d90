"""Pages come as they are, within limits, and what is no page is said to be none."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.errors import ItemFailedError, KbError
from kb.models.paper import VersionKind
from kb.models.progress import Progress
from kb.sources.download import DownloadLimits
from kb.sources.host_guard import ForbiddenAddressError, Guard
from kb.sources.limiter import Limiter
from kb.sources.retry import RetryPolicy
from kb.sources.web import fetch_web, form_of, host_limiter, pdf_named_in
from tests.support.faults import Fault
from tests.support.pdf_bytes import tiny_pdf
from tests.support.web_pages import blog, forum
from tests.support.web_stand_in import Answer, WebStandIn

PAGE = forum().encode()


class Save:
    """Saves ``/post`` of one server, with few and quick tries."""

    def __init__(self, web: WebStandIn, folder: Path, limiter: Limiter, retry_policy: RetryPolicy) -> None:
        self.web, self.limiter, self.retry_policy = web, limiter, retry_policy
        self.target = folder / "incoming" / "page"
        self.limits = DownloadLimits()
        self.serve(PAGE)

    def serve(self, body: bytes, kind: str = "text/html; charset=utf-8") -> None:
        """Let the server answer with this."""
        self.web.pages["/post"] = Answer(body, type=kind, etag=False)

    def run(self, guard: Guard | None = None, **options: object) -> list[Progress]:
        """The download's events."""
        events: Iterator[Progress] = fetch_web(
            f"{self.web.url}/post",
            self.target,
            guard=guard or Guard(allow_private=True),
            limiter=self.limiter,
            limits=self.limits,
            retry_policy=self.retry_policy,
            **options,  # type: ignore[arg-type]
        )
        return list(events)


@pytest.fixture
def save(web: WebStandIn, tmp_path: Path, limiter: Limiter, retry_policy: RetryPolicy) -> Save:
    """A page that can be saved."""
    return Save(web, tmp_path, limiter, retry_policy)


def test_a_page_is_saved_as_it_came(save: Save) -> None:
    events = save.run()
    assert save.target.read_bytes() == PAGE
    assert form_of(save.target) is VersionKind.HTML
    assert [events[0].what, events[-1].what] == ["start", "done"]
    assert sorted(file.name for file in save.target.parent.iterdir()) == ["page"]


def test_a_pdf_by_its_address_is_a_pdf(save: Save) -> None:
    save.serve(tiny_pdf(), "application/octet-stream")
    checked: list[Path] = []
    save.run(check_pdf=checked.append)
    assert form_of(save.target) is VersionKind.PDF
    assert len(checked) == 1


def test_a_pdf_that_broke_off_is_not_kept(save: Save) -> None:
    save.serve(tiny_pdf(size=20_000)[:10_000], "application/pdf")
    with pytest.raises(KbError, match="the end of"):
        save.run()
    assert list(save.target.parent.iterdir()) == []


def test_a_page_that_names_its_pdf_is_replaced_by_it(save: Save) -> None:
    meta = '<meta name="citation_pdf_url" content="/file.pdf?a=1&amp;b=2">'
    save.serve(PAGE.replace(b"<head>", f"<head>{meta}".encode()))
    save.web.pages["/file.pdf?a=1&b=2"] = Answer(tiny_pdf())
    events = save.run()
    assert save.target.read_bytes() == tiny_pdf()
    assert events[-1].what == "done"
    assert sorted(file.name for file in save.target.parent.iterdir()) == ["page"]


def test_the_page_is_kept_where_the_named_pdf_cannot_be_had(save: Save) -> None:
    save.serve(PAGE.replace(b"<head>", b'<head><meta content="/gone.pdf" name="citation_pdf_url"/>'))
    events = save.run()
    assert form_of(save.target) is VersionKind.HTML
    assert any("only the page is kept" in event.message for event in events)


def test_a_named_pdf_on_this_machine_is_not_fetched(web: WebStandIn, save: Save) -> None:
    address = web.url.replace("127.0.0.1", "localhost")
    save.serve(PAGE.replace(b"<head>", f'<head><meta name="citation_pdf_url" content="{address}/x.pdf">'.encode()))
    save.run(Guard(named=frozenset({"127.0.0.1"})))
    assert form_of(save.target) is VersionKind.HTML
    assert [seen.path for seen in web.log] == ["/post"]


@pytest.mark.parametrize("markup", ["", "<meta name=citation_pdf_url>", '<meta name="x" content="y.pdf">'])
def test_a_page_that_names_none(tmp_path: Path, markup: str) -> None:
    (tmp_path / "page").write_text(f"<head>{markup}</head>")
    assert pdf_named_in(tmp_path / "page", "https://example.org/a/") is None


def test_the_encoding_that_only_headers_tell_is_kept(save: Save) -> None:
    text = blog().replace("The setup", "Größe")
    save.serve(text.encode("iso-8859-1", "xmlcharrefreplace"), "text/html; charset=ISO-8859-1")
    save.run()
    assert "Größe" in save.target.read_text("utf-8")


def test_an_encoding_that_nobody_knows_is_said(save: Save) -> None:
    save.serve(b"<html>\xff\xfe</html>", "text/html; charset=klingon")
    with pytest.raises(ItemFailedError, match="cannot be read") as caught:
        save.run()
    assert "klingon" in caught.value.why


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (Fault("/post", "html"), "check for robots"),
        (Fault("/post", "other", body="just words"), "no markup"),
        (Fault("/post", "other", body=""), "no markup"),
        (Fault("/post", "status", status=403), "wants a login"),
        (Fault("/post", "status", status=402), "payment"),
        (Fault("/post", "status", status=404), "404"),
        (Fault("/post", "redirect", location="ftp://example.org/"), "only http"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.kind,
)
def test_what_is_no_text_says_why_and_leaves_nothing(save: Save, fault: Fault, says: str) -> None:
    save.web.faults.append(fault)
    with pytest.raises(ItemFailedError) as caught:
        save.run()
    assert says in str(caught.value)
    assert list(save.target.parent.iterdir()) == []
    save.run()
    assert save.target.read_bytes() == PAGE


@pytest.mark.parametrize("kind", ["status", "cut", "longer"])
def test_what_passes_is_tried_again(save: Save, kind: str) -> None:
    save.web.faults.append(Fault("/post", kind, after=500))  # type: ignore[arg-type]
    save.run()
    assert save.target.read_bytes() == PAGE


def test_a_page_without_end_is_stopped(save: Save) -> None:
    save.limits = DownloadLimits(max_bytes=1 << 20)
    save.web.faults.append(Fault("/post", "huge", after=0))
    with pytest.raises(ItemFailedError, match="too large"):
        save.run()
    assert list(save.target.parent.iterdir()) == []


def test_pages_on_this_machine_are_not_fetched_unless_allowed(save: Save) -> None:
    with pytest.raises(ForbiddenAddressError, match="not fetched") as caught:
        save.run(Guard())
    assert "--allow-private" in caught.value.next
    assert save.web.log == []


def test_a_redirect_into_a_private_network_is_not_followed(save: Save) -> None:
    save.web.faults.append(Fault("/post", "redirect", location="http://192.168.0.1/admin"))
    with pytest.raises(ForbiddenAddressError, match=r"192\.168\.0\.1"):
        save.run(Guard(named=frozenset({"127.0.0.1"})))


def test_each_host_has_its_own_pace(tmp_path: Path) -> None:
    one, other = host_limiter("https://A.example.org/x"), host_limiter("https://b.example.org/y")
    with one.turn():
        other.wait()
    assert host_limiter("https://a.example.org:8080/").delay == one.delay == 1.0
