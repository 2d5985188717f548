"""Links to our own pages: each opens one thing for a short time, and nothing else ever."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.site import Site, site_of

NOW = datetime(2026, 11, 23, 8, 15, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def site() -> Site:
    found = site_of("https://drill.example.com/", "x" * 32)
    assert found
    return found


def visit(link: str) -> tuple[str, dict[str, str]]:
    parts = urlsplit(link)
    return parts.path, dict(parse_qsl(parts.query))


def test_a_link_opens_its_page_until_its_time() -> None:
    link = site().link("/meeting/7", NOW + MINUTE)
    path, query = visit(link)
    assert link.startswith("https://drill.example.com/meeting/7?")
    assert site().opens(path, query, NOW)
    assert not site().opens(path, query, NOW + MINUTE)


def test_a_link_opens_no_other_page_no_longer_and_with_no_other_key() -> None:
    path, query = visit(site().link("/meeting/7", NOW + MINUTE))
    other = site_of("https://drill.example.com", "y" * 32)
    assert other
    assert not other.opens(path, query, NOW)
    assert not site().opens("/meeting/70", query, NOW)
    assert not site().opens(path, query | {"until": str(int(query["until"]) + 60)}, NOW)


@given(st.dictionaries(st.sampled_from(["until", "seal"]), st.text(max_size=40)))
def test_whatever_else_is_said_opens_nothing(query: dict[str, str]) -> None:
    assert not site().opens("/meeting/7", query, NOW)


@pytest.mark.parametrize(("address", "secret"), [("", "x" * 32), ("https://drill.example.com", "")])
def test_without_an_address_or_a_key_there_is_no_site(address: str, secret: str) -> None:
    assert site_of(address, secret) is None
