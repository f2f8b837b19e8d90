"""No request to this machine or to a private network, unless the reader named it."""

import socket

import pytest

from kb.sources.host_guard import ForbiddenAddressError, Guard, is_public
from kb.sources.http_request import HttpRequest
from tests.support.faults import Fault
from tests.support.web_stand_in import Answer, WebStandIn


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("127.0.0.1", False),
        ("127.8.9.10", False),
        ("0.0.0.0", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:8.8.8.8", True),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
    ],
)
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert is_public(address) is public


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_no_request_reaches_this_machine(web: WebStandIn, host: str) -> None:
    url = web.url.replace("127.0.0.1", host)
    with pytest.raises(ForbiddenAddressError, match="not fetched") as caught, HttpRequest(Guard()).get(url):
        pass
    assert "--allow-private" in caught.value.next
    assert web.log == []


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "127.1", "[::ffff:127.0.0.1]"])
def test_other_spellings_of_loopback_do_not_pass(web: WebStandIn, host: str) -> None:
    port = web.url.rpartition(":")[2]
    with (
        pytest.raises(Exception, match=r"not fetched|no connection"),
        HttpRequest(Guard()).get(f"http://{host}:{port}/"),
    ):
        pass
    assert web.log == []


def test_what_the_reader_allows_is_asked(web: WebStandIn) -> None:
    web.pages["/x"] = Answer(b"here")
    for guard in (Guard(allow_private=True), Guard.around(web.url)):
        with HttpRequest(guard).get(f"{web.url}/x") as response:
            assert b"".join(HttpRequest(guard).chunks(response)) == b"here"


def test_a_redirect_to_this_machine_is_not_followed(web: WebStandIn) -> None:
    web.faults.append(Fault("/x", "redirect", location=web.url.replace("127.0.0.1", "localhost")))
    guard = Guard(named=frozenset({"127.0.0.1"}))
    with pytest.raises(ForbiddenAddressError, match="localhost is not fetched"), HttpRequest(guard).get(f"{web.url}/x"):
        pass
    assert len(web.log) == 1


def test_a_name_that_changes_its_address_is_connected_to_where_it_was_checked(
    web: WebStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter(["8.8.8.8", "127.0.0.1"])
    reached: list[str] = []

    def resolve(host: str, port: int, *args: object, **kwargs: object) -> list[tuple[object, ...]]:
        address = host if host[0].isdigit() else next(answers)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    def connect(address: tuple[str, int], *args: object, **kwargs: object) -> socket.socket:
        reached.append(address[0])
        raise OSError("not today")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr("kb.sources.session.create_connection", connect)
    with pytest.raises(Exception, match="no connection"), HttpRequest(Guard()).get("http://rebinding.example/"):
        pass
    assert reached == ["8.8.8.8"]


@pytest.mark.parametrize("url", ["ftp://example.org/x", "file:///etc/passwd", "gopher://x/", "https:///nothing"])
def test_only_http_and_https(url: str) -> None:
    with pytest.raises(ForbiddenAddressError, match="not fetched"):
        Guard().check_url(url)


def test_a_host_below_a_friend_is_a_friend_and_a_lookalike_is_not() -> None:
    guard = Guard.around("https://export.arxiv.org", "arxiv.org")
    assert guard.check_url("https://browse.arxiv.org/pdf/1") == "browse.arxiv.org"
    with pytest.raises(ForbiddenAddressError, match="another host"):
        guard.check_url("https://notarxiv.org/pdf/1")
