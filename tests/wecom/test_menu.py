from hypothesis import given
from hypothesis import strategies as st

from bot.router import menu_of
from bot.views import catalogue
from bot.wecom.menu import menu_body


def test_the_commands_of_staff_hang_in_three_entries() -> None:
    words = catalogue()["zh-CN"]
    body = menu_body(menu_of(words), "更多")
    assert [(b["name"], b.get("key", "")) for b in body["button"]] == [
        ("今天", "/today"),
        ("我的", "/me"),
        ("更多", ""),
    ]
    assert {"name": "错题本", "type": "click", "key": "/book"} in body["button"][2]["sub_button"]
    assert len(body["button"][2]["sub_button"]) == 5


def test_few_commands_need_no_third_entry() -> None:
    commands = [("a", "甲"), ("b", "乙"), ("c", "丙")]
    assert [b["key"] for b in menu_body(commands, "更多")["button"]] == ["/a", "/b", "/c"]
    assert menu_body(commands[:1], "更多") == {"button": [{"type": "click", "name": "甲", "key": "/a"}]}
    assert menu_body([], "更多") == {"button": []}


@given(st.lists(st.tuples(st.text(max_size=150), st.text()), max_size=12), st.text(min_size=1))
def test_no_entry_is_too_long(commands: list[tuple[str, str]], more: str) -> None:
    body = menu_body(commands, more)
    assert len(body["button"]) <= 3
    for top in body["button"]:
        assert len(top["name"].encode()) <= 16
        assert len(top.get("key", "").encode()) <= 1024
        assert len(top.get("sub_button", [])) <= 5
        assert all(1 <= len(sub["name"].encode()) <= 40 for sub in top.get("sub_button", []))
