"""The page's WeCom, without a browser."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import httpx
import pytest

from bot.chat.channel import Letter
from bot.edge.skin import Drawn
from bot.web.app import build
from bot.web.demo import Show
from tests.web.asking import client, kind
from tests.web.canned import WANG, Canned, words
from tests.web.serving import nothing_amiss

NOTICE = {
    "card_type": "text_notice",
    "source": {"desc": "晨会练习", "desc_color": 3},
    "main_title": {"title": "本周", "desc": "城东支行"},
    "emphasis_content": {"title": "46/48", "desc": "参与"},
    "quote_area": {"type": 0, "title": "要点", "quote_text": "当面清点"},
    "sub_title_text": "比上周 +2",
    "horizontal_content_list": [{"keyname": "依据", "value": "规范", "type": 1, "url": "https://bank.test/rule"}],
    "jump_list": [{"type": 1, "title": "看网点", "url": "https://bank.test/units"}],
    "card_action": {"type": 1, "url": "https://bank.test/"},
}
BUTTONS = {
    "card_type": "button_interaction",
    "main_title": {"title": "资费标准 3/5"},
    "button_selection": {
        "question_key": "who",
        "title": "替谁",
        "option_list": [{"id": "1", "text": "请选择"}, {"id": "2", "text": "李强"}],
        "selected_id": "2",
    },
    "button_list": [
        {"text": "确认", "key": "ok:1"},
        {"text": "免这次", "key": "ce:1", "style": 4},
        {"type": 1, "text": "看规定", "url": "https://bank.test/rule"},
    ],
}
SELECTORS = {
    "card_type": "multiple_interaction",
    "main_title": {"title": "请假"},
    "select_list": [{"question_key": "from", "title": "从", "option_list": [{"id": "1", "text": "11月24日"}]}],
    "submit_button": {"text": "交", "key": "leave"},
}
LOCKED = {
    "card_type": "vote_interaction",
    "main_title": {"title": "忌语"},
    "checkbox": {
        "question_key": "several",
        "mode": 1,
        "disable": True,
        "option_list": [{"id": "0", "text": "A", "is_checked": True}, {"id": "1", "text": "B", "is_checked": False}],
    },
    "replace_text": "✗ 应是 B",
}


class OneCard:
    """A skin that draws every letter as this card."""

    def __init__(self, card: Mapping[str, Any]) -> None:
        self.menu: Mapping[str, Any] = {"button": []}
        self._card = card

    def draw(self, _letter: Letter) -> Drawn:
        return Drawn(cards=(self._card,))

    def tapped(self, key: str, _card_type: str, chosen: Mapping[str, Sequence[str]]) -> str:
        return f"{key} {dict(chosen)}"


async def drawn(card: Mapping[str, Any]) -> str:
    app = build(Show(Canned(), OneCard(card), wecom=True), words(), nothing_amiss)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://demo.test") as browser:
        return (await browser.get("/demo/phone/1")).text


async def last_card(browser: httpx.AsyncClient) -> str:
    """The number of 王芳's newest card."""
    page = (await browser.get(f"/demo/phone/{WANG}")).text
    return page.rsplit('name="card" value="', 1)[1].split('"')[0]


async def test_wecom_comes_first_where_one_says_so_and_the_choice_is_kept_apart() -> None:
    async with client(Canned(), wecom=True) as browser:
        browser.cookies.set("chenlian_demo", "skin=telegram", "demo.test")
        page = (await browser.get("/demo")).text
        assert 'data-skin="wecom" data-kept="wecom-skin"' in page
        assert 'data-data="a:0:B">B</button>' in page
        assert 'data-letter="' in page
        assert 'class="keys"' not in page
        assert 'class="template' not in (await browser.get("/demo?wecom-skin=telegram")).text
    async with client(Canned()) as browser:
        browser.cookies.set("chenlian_demo", "wecom-skin=wecom", "demo.test")
        assert 'class="keys"' in (await browser.get("/demo")).text


async def test_the_app_s_menu_stands_at_the_foot() -> None:
    async with client(Canned(), wecom=True) as browser:
        page = (await browser.get(f"/demo/phone/{WANG}")).text
        foot = page.split('class="foot"')[1]
        assert 'data-chip="/today"' in foot
        assert "<summary>更多</summary>" in foot
        assert (await browser.post("/demo/tap", json={"person": WANG, "letter": 0, "data": "/me"})).is_success
        assert "46/48" in (await browser.get(f"/demo/phone/{WANG}")).text


async def test_a_pressed_card_is_frozen_and_can_t_be_pressed_again() -> None:
    async with client(Canned(), wecom=True) as browser:
        press = {"person": WANG, "card": await last_card(browser), "key": "a:0:B"}
        assert (await browser.post("/demo/press", json=press)).json() == {"toast": ""}
        page = (await browser.get(f"/demo/phone/{WANG}")).text
        assert '<button class="over" disabled>✓ 对</button>' in page
        assert 'data-data="a:0:B"' not in page
        assert "2/5 · 资费" in page
        assert kind(await browser.post("/demo/press", json=press), 409, "web.error.card")


async def test_what_is_ticked_is_handed_in_with_the_form_s_key_without_script_too() -> None:
    for encoded in (False, True):
        stage = Canned()
        async with client(stage, wecom=True) as browser:
            chosen = ["several 0", "several 2"]
            press = {"person": WANG, "card": await last_card(browser), "key": "a:0", "chosen": chosen}
            send = partial(browser.post, "/demo/press")
            answer = await (send(data=press) if encoded else send(json=press))
            assert answer.status_code == (303 if encoded else 200)
            assert "您选了 0,2" in stage.threads[WANG][-1].message.lead


@pytest.mark.parametrize(
    ("said", "status", "key"),
    [
        ({"person": 999, "card": "1/0", "key": "x"}, 404, "web.error.person"),
        ({"person": WANG, "card": "999/0", "key": "x"}, 409, "web.error.card"),
        ({"person": WANG, "card": "", "key": "x"}, 400, "web.error.request"),
        ({"person": WANG, "card": "1/0", "key": ""}, 400, "web.error.request"),
        ({"person": WANG, "card": "1/0", "key": "x", "chosen": "several 0"}, 400, "web.error.request"),
        ({"person": WANG, "card": "1/0", "key": "x", "chosen": ["长" * 201]}, 400, "web.error.long"),
    ],
)
async def test_a_press_on_nothing_is_told_in_a_sentence(said: dict[str, object], status: int, key: str) -> None:
    async with client(Canned(), wecom=True) as browser:
        assert kind(await browser.post("/demo/press", json=said), status, key)


async def test_whatever_a_card_can_say_is_drawn() -> None:
    notice = await drawn(NOTICE)
    for said in ("晨会练习", "本周", "城东支行", "46/48", "参与", "要点", "当面清点", "比上周 +2", "依据", "看网点"):
        assert said in notice, said
    assert '<a href="https://bank.test/rule" target="_blank" rel="noopener">规范</a>' in notice
    buttons = await drawn(BUTTONS)
    assert 'class="press style1" name="key" value="ok:1"' in buttons
    assert 'class="press style4"' in buttons
    assert '<a class="press style1" href="https://bank.test/rule"' in buttons
    assert '<option value="who 2" selected>李强</option>' in buttons
    assert '<option value="from 1">11月24日</option>' in await drawn(SELECTORS)
    locked = await drawn(LOCKED)
    assert 'value="several 0" checked disabled' in locked
    assert 'value="several 1" disabled' in locked
    assert '<button class="over" disabled>✗ 应是 B</button>' in locked
