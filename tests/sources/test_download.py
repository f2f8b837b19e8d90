"""A download is whole or not there, whatever the server does; what was there already is not sent again."""

import fcntl
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.errors import BusyError, ItemFailedError, KbError, NetworkError
from kb.models.progress import Progress
from kb.sources.download import DownloadLimits, fetch_file
from kb.sources.host_guard import Guard
from kb.sources.limiter import Limiter
from kb.sources.retry import RetryPolicy
from tests.support.faults import Fault
from tests.support.pdf_bytes import tiny_pdf
from tests.support.web_stand_in import Answer, WebStandIn

PDF = tiny_pdf("A paper", size=600_000)


class Fetch:
    """Downloads ``/paper.pdf`` of one server to one place, with few and quick tries."""

    def __init__(self, web: WebStandIn, folder: Path, limiter: Limiter, retry_policy: RetryPolicy) -> None:
        self.web, self.limiter, self.retry_policy = web, limiter, retry_policy
        self.target = folder / "incoming" / "paper.pdf"
        self.part = self.target.with_name("paper.pdf.part")
        self.url = f"{web.url}/paper.pdf"
        self.limits = DownloadLimits()
        web.pages["/paper.pdf"] = Answer(PDF)

    def events(self, **options: object) -> Iterator[Progress]:
        """The download's events, one by one."""
        return fetch_file(
            self.url,
            self.target,
            guard=Guard.around(self.web.url),
            limiter=self.limiter,
            limits=self.limits,
            retry_policy=self.retry_policy,
            **options,  # type: ignore[arg-type]
        )

    def run(self, **options: object) -> list[Progress]:
        """All of the download."""
        return list(self.events(**options))

    @property
    def left(self) -> list[str]:
        """Names of all files in the download's folder."""
        return sorted(file.name for file in self.target.parent.iterdir())


@pytest.fixture
def fetch(web: WebStandIn, tmp_path: Path, limiter: Limiter, retry_policy: RetryPolicy) -> Fetch:
    """A download that is ready to start."""
    return Fetch(web, tmp_path, limiter, retry_policy)


def test_a_file_arrives_whole_with_its_steps(fetch: Fetch) -> None:
    events = fetch.run(source="arxiv:1706.03741")
    assert fetch.target.read_bytes() == PDF
    assert [event.what for event in events] == ["start", "step", "step", "done"]
    assert {event.source for event in events} == {"arxiv:1706.03741"}
    assert events[1].total == len(PDF)
    assert events[-1].done == len(PDF)
    assert fetch.left == ["paper.pdf"]


def test_a_finished_file_is_not_asked_for_again(fetch: Fetch) -> None:
    fetch.run()
    assert [event.what for event in fetch.run()] == ["skipped"]
    assert len(fetch.web.log) == 1


def test_a_download_that_was_left_goes_on_where_it_stopped(fetch: Fetch) -> None:
    events = fetch.events()
    while next(events).what != "step":
        pass
    events.close()  # type: ignore[attr-defined]
    here = fetch.part.stat().st_size
    assert not fetch.target.exists()
    fetch.run()
    assert fetch.target.read_bytes() == PDF
    assert fetch.web.log[-1].headers["range"] == f"bytes={here}-"
    assert fetch.web.log[-1].sent == len(PDF) - here


def test_all_bytes_but_no_name_need_no_byte_more(fetch: Fetch) -> None:
    with pytest.raises(RuntimeError):
        fetch.run(check=_stop)
    fetch.run()
    assert fetch.target.read_bytes() == PDF
    assert fetch.web.log[-1].status == 416


def _stop(path: Path) -> None:
    raise RuntimeError("killed between the last byte and the rename")


def test_a_file_that_changed_there_is_fetched_anew(fetch: Fetch) -> None:
    fetch.web.faults.append(Fault("paper", "cut", after=200_000))
    fetch.retry_policy = RetryPolicy(attempts=1)
    with pytest.raises(NetworkError):
        fetch.run()
    assert fetch.part.stat().st_size == 200_000
    newer = tiny_pdf("Another version", size=500_000)
    fetch.web.pages["/paper.pdf"] = Answer(newer)
    fetch.run()
    assert fetch.target.read_bytes() == newer


def test_without_a_validator_another_length_means_another_file(fetch: Fetch) -> None:
    fetch.web.pages["/paper.pdf"] = Answer(PDF, etag=False)
    fetch.target.parent.mkdir()
    fetch.part.write_bytes(PDF[:1000])
    label = f'{{"url": "{fetch.url}", "total": {len(PDF) + 5}}}'
    fetch.part.with_name("paper.pdf.part.json").write_text(label)
    fetch.run()
    assert fetch.target.read_bytes() == PDF
    assert len(fetch.web.log) == 2


@pytest.mark.parametrize("rubbish", ["", "{", '{"url": "http://elsewhere/x"}', '{"no": 1}'])
def test_a_part_of_unknown_origin_is_not_used(fetch: Fetch, rubbish: str) -> None:
    fetch.target.parent.mkdir()
    fetch.part.write_bytes(b"bytes of something else")
    fetch.part.with_name("paper.pdf.part.json").write_text(rubbish)
    fetch.run()
    assert fetch.target.read_bytes() == PDF


@pytest.mark.parametrize(
    "fault",
    [
        Fault("paper", "cut", after=300_000, times=3),
        Fault("paper", "cut", after=0),
        Fault("paper", "status", status=503, times=3),
        Fault("paper", "status", status=429, retry_after="0", times=2),
        Fault("paper", "status", status=500),
        Fault("paper", "shorter", after=400_000),
        Fault("paper", "longer", after=5_000),
    ],
    ids=["cut thrice", "cut at once", "503 burst", "429", "500", "length too short", "length too long"],
)
def test_what_passes_is_tried_again_until_the_file_is_whole(fetch: Fetch, fault: Fault) -> None:
    fetch.web.faults.append(fault)
    events = fetch.run()
    assert fetch.target.read_bytes() == PDF
    assert any("trying again" in event.message for event in events)
    assert fetch.left == ["paper.pdf"]


def test_retry_after_is_honoured(fetch: Fetch) -> None:
    fetch.web.faults.append(Fault("paper", "status", status=429, retry_after="1"))
    fetch.run()
    first, second = fetch.web.log
    assert second.at - first.at >= 1.0


def test_a_server_that_asks_for_an_hour_is_left_alone(fetch: Fetch) -> None:
    fetch.web.faults.append(Fault("paper", "status", status=429, retry_after="3600", times=-1))
    with pytest.raises(NetworkError, match="429") as caught:
        fetch.run()
    assert "3600 s" in caught.value.why
    assert len(fetch.web.log) == 1


def test_after_the_last_try_the_reason_is_given_and_a_later_call_repairs(fetch: Fetch) -> None:
    fetch.web.faults.append(Fault("paper", "status", status=503, times=4))
    with pytest.raises(NetworkError, match="503"):
        fetch.run()
    assert not fetch.target.exists()
    fetch.run()
    assert fetch.target.read_bytes() == PDF


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (Fault("paper", "html"), "web page"),
        (Fault("paper", "other", body="hello"), "%PDF"),
        (Fault("paper", "other", body=""), "empty"),
        (Fault("paper", "redirect", location="http://localhost:9/paper.pdf"), "another host"),
        (Fault("paper", "redirect", location="file:///etc/passwd"), "only http"),
        (Fault("paper", "redirect", location="/paper.pdf", times=10), "one redirect to the next"),
        (Fault("paper", "status", status=404), "404"),
        (Fault("paper", "status", status=403), "403"),
        (Fault("paper", "status", status=418), "418"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.kind,
)
def test_what_does_not_pass_fails_at_once_and_a_later_call_repairs(fetch: Fetch, fault: Fault, says: str) -> None:
    fetch.web.faults.append(fault)
    with pytest.raises(ItemFailedError) as caught:
        fetch.run()
    assert says in str(caught.value)
    assert fetch.left == []
    fetch.web.faults.clear()
    fetch.run()
    assert fetch.target.read_bytes() == PDF


@pytest.mark.parametrize("length_told", [True, False])
def test_a_body_of_300_megabytes_is_stopped(fetch: Fetch, length_told: bool) -> None:
    fetch.limits = DownloadLimits(max_bytes=2 << 20)
    fetch.web.faults.append(Fault("paper", "huge", after=1 if length_told else 0))
    with pytest.raises(ItemFailedError, match="too large"):
        fetch.run()
    assert fetch.left == []
    assert fetch.web.log[0].sent < 30 << 20
    assert len(fetch.web.log) == 1


def test_a_slow_drip_is_given_up_and_what_came_is_kept(fetch: Fetch) -> None:
    fetch.limits = DownloadLimits(seconds=0.2)
    fetch.retry_policy = RetryPolicy(attempts=1)
    fetch.web.faults.append(Fault("paper", "drip", pause=0.02))
    with pytest.raises(NetworkError, match="too slowly"):
        fetch.run()
    assert not fetch.target.exists()
    assert fetch.part.stat().st_size > 0
    fetch.limits = DownloadLimits()
    fetch.run()
    assert fetch.target.read_bytes() == PDF


def test_silence_is_given_up(fetch: Fetch) -> None:
    fetch.limits = DownloadLimits(silence=0.2)
    fetch.retry_policy = RetryPolicy(attempts=1)
    fetch.web.faults.append(Fault("paper", "drip", pause=5.0))
    with pytest.raises(NetworkError, match="no answer"):
        fetch.run()


def test_a_redirect_on_the_same_host_is_followed_and_takes_a_turn(fetch: Fetch) -> None:
    fetch.web.pages["/moved.pdf"] = Answer(PDF)
    fetch.web.faults.append(Fault("paper", "redirect", location="/moved.pdf"))
    fetch.run()
    first, second = fetch.web.log
    assert second.path == "/moved.pdf"
    assert second.at - first.at >= fetch.limiter.delay


def test_the_callers_own_check_decides_too(fetch: Fetch) -> None:
    def no_pages(path: Path) -> None:
        assert path.read_bytes() == PDF
        raise ItemFailedError("the PDF has no pages")

    with pytest.raises(ItemFailedError, match="no pages"):
        fetch.run(check=no_pages)
    assert fetch.left == []


def test_two_processes_do_not_write_the_same_file(fetch: Fetch) -> None:
    fetch.target.parent.mkdir()
    with fetch.part.open("wb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(BusyError, match="another process"):
            fetch.run()
    fetch.run()
    assert fetch.target.read_bytes() == PDF


def test_a_folder_that_cannot_be_written_is_said(fetch: Fetch) -> None:
    fetch.target.parent.write_text("a file in the way")
    with pytest.raises(KbError, match="cannot be written"):
        fetch.run()


def test_a_compressed_answer_is_unpacked_and_not_resumed(fetch: Fetch) -> None:
    import gzip

    packed = gzip.compress(PDF)
    fetch.web.pages["/paper.pdf"] = Answer(packed, headers={"Content-Encoding": "gzip"})
    fetch.web.faults.append(Fault("paper", "status", status=503))
    fetch.run()
    assert fetch.target.read_bytes() == PDF


def test_a_gzip_bomb_is_stopped(fetch: Fetch) -> None:
    import gzip

    fetch.limits = DownloadLimits(max_bytes=1 << 20)
    bomb = gzip.compress(bytes(50 << 20))
    fetch.web.pages["/paper.pdf"] = Answer(bomb, headers={"Content-Encoding": "gzip"})
    with pytest.raises(ItemFailedError, match="too large"):
        fetch.run()
    assert fetch.left == []
