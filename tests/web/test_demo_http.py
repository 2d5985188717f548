from dataclasses import replace

import pytest

from bot.chat.message import Button, Message, Tone
from bot.chat.words import Words
from tests.web.asking import client, kind, post
from tests.web.canned import CHEN, LI, PLAYERS, SUN, WANG, ZHAO, ZHENG, Canned, words


async def test_the_page_carries_the_marks_of_the_contract() -> None:
    async with client(Canned()) as browser:
        page = (await browser.get("/demo")).text
    for mark in (
        'data-person="1" data-seat="staff"',
        'data-person="11" data-seat="trainer"',
        'data-person="21" data-seat="manager"',
        'data-act="advance"',
        'data-stop="list"',
        'data-data="a:0:B"',
        'aria-live="polite"',
    ):
        assert mark in page, mark
    question = next(b for b in Canned().threads[WANG] if b.message.options)
    assert f'data-letter="{question.id}" data-version="{question.version}"' in page


async def test_the_scene_says_where_the_clock_goes_next() -> None:
    async with client(Canned()) as browser:
        scene = (await browser.get("/demo/scene")).text
    assert "下一步" in scene
    assert "晨会 08:15" in scene
    assert 'data-stop="push" aria-current="step" disabled' in scene
    assert scene.count("data-stop=") == 6
    assert "data-top" not in scene


async def test_the_newest_letters_are_told_when_asked_for() -> None:
    stage = Canned()
    newest = {person: thread[-1].version for person, thread in stage.threads.items()}
    before = {person: thread[0].version for person, thread in stage.threads.items()}
    async with client(stage) as browser:
        scene = (await browser.get("/demo/scene?tops")).text
    assert f'data-top="{newest[WANG]}" data-before="{before[WANG]}"' in scene
    faces = [int(part.split('"')[0]) for part in scene.split('data-pick="')[1:]]
    assert faces == [WANG, ZHAO, ZHENG, LI, SUN, CHEN]  # the three seats are in sight first


async def test_the_day_over_offers_no_next_step() -> None:
    stage = Canned(at=5)
    async with client(stage) as browser:
        assert words()("web.over") in (await browser.get("/demo/scene")).text
        assert kind(await browser.post("/demo/advance", json={}), 409, "web.over")


async def test_names_and_texts_are_escaped() -> None:
    evil = "<img src=x onerror=alert(1)>"
    stage = Canned(players=(replace(PLAYERS[0], name=evil, title=evil, face="<"), *PLAYERS[1:]))
    stage.post(
        WANG,
        Message(
            lead=evil,
            tone=Tone.WRONG,
            title=evil,
            body=evil,
            options=(evil,),
            rows=((evil, evil),),
            note=evil,
            buttons=((Button(evil, 'x" autofocus onfocus="alert(1)'),), (Button("早", "<menu>"),)),
        ),
    )
    stage.post(WANG, Message(body=evil), mine=True)
    async with client(stage) as browser:
        for path in ("/demo", "/demo/phone/1", "/demo/scene", "/demo?skin=wecom", "/demo/phone/1?skin=wecom"):
            page = (await browser.get(path)).text
            assert "<img src=x" not in page
            assert 'onfocus="' not in page
            assert "&lt;img src=x" in page


async def test_every_answer_carries_the_policy_and_no_page_needs_inline_code() -> None:
    async with client(Canned()) as browser:
        for path in ("/demo", "/demo/scene", "/static/demo.js", "/healthz", "/nowhere"):
            headers = (await browser.get(path)).headers
            assert headers["content-security-policy"].startswith("default-src 'self';")
            assert headers["x-content-type-options"] == "nosniff"
        page = (await browser.get("/demo")).text
    assert "style=" not in page
    assert "<style" not in page
    assert page.count("<script") == page.count('<script type="module" src="/static/')
    assert "http://" not in page.replace("http://www.w3.org/", "")
    assert "https://" not in page


async def test_static_files_asked_for_by_version_are_kept() -> None:
    async with client(Canned()) as browser:
        page = (await browser.get("/demo")).text
        versioned = page.split('src="/static/demo.js')[1].split('"')[0]
        assert "immutable" in (await browser.get(f"/static/demo.js{versioned}")).headers["cache-control"]
        assert (await browser.get("/static/demo.js?v=old")).headers["cache-control"] == "no-cache"


async def test_a_tap_a_text_and_a_step_are_answered_as_json() -> None:
    stage = Canned()
    letter = stage.threads[WANG][-1].id
    assert (await post(stage, "/demo/tap", person=WANG, letter=letter, data="a:0:B")).json() == {"toast": ""}
    assert (await post(stage, "/demo/tap", person=SUN, letter=letter, data="a:0:B")).json() == {
        "toast": "这张卡不是您的"
    }
    assert (await post(stage, "/demo/say", person=WANG, text="  12.5 元 ")).json() == {"toast": ""}
    assert stage.threads[WANG][-2].message.body == "12.5 元"
    assert (await post(stage, "/demo/advance")).json() == {
        "toast": "",
        "day": "11月23日 星期一",
        "clock": "08:15",
        "next": "收卷 08:45",
        "done": False,
    }
    assert (await post(stage, "/demo/advance", stop="list")).json()["clock"] == "09:00"


@pytest.mark.parametrize(
    ("path", "said", "status", "key"),
    [
        ("/demo/tap", {"person": 999, "letter": 1, "data": "x"}, 404, "web.error.person"),
        ("/demo/tap", {"person": WANG, "letter": "one", "data": "x"}, 400, "web.error.request"),
        ("/demo/tap", {"person": WANG, "letter": 1, "data": ""}, 400, "web.error.request"),
        ("/demo/tap", {"person": WANG}, 400, "web.error.request"),
        ("/demo/say", {"person": WANG, "text": "   "}, 400, "web.error.request"),
        ("/demo/say", {"person": WANG, "text": "长" * 1001}, 400, "web.error.long"),
        ("/demo/say", {"person": WANG, "text": "长" * 9000}, 413, "web.error.long"),
        ("/demo/advance", {"stop": "push"}, 409, "web.error.past"),
        ("/demo/advance", {"stop": "noon"}, 409, "web.error.past"),
        ("/demo/tap", {"person": WANG, "letter": 1, "data": "crash"}, 500, "web.error.failed"),
    ],
)
async def test_a_mistake_is_told_in_a_sentence(path: str, said: dict[str, object], status: int, key: str) -> None:
    assert kind(await post(Canned(), path, **said), status, key)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"person": 1e999}'])
async def test_what_is_no_request_is_told_in_a_sentence(body: bytes) -> None:
    async with client(Canned()) as browser:
        for content_type in ("application/json", "application/x-www-form-urlencoded"):
            response = await browser.post("/demo/say", content=body, headers={"content-type": content_type})
            assert kind(response, 400, "web.error.request")
        assert kind(await browser.get("/demo/phone/999"), 404, "web.error.person")


async def test_another_site_cannot_post() -> None:
    stage = Canned()
    async with client(stage) as browser:
        for headers, allowed in (
            ({"origin": "http://evil.test"}, False),
            ({"origin": "null"}, False),
            ({"sec-fetch-site": "cross-site"}, False),
            ({"sec-fetch-site": "same-site"}, False),
            ({"origin": "http://demo.test"}, True),
            ({"sec-fetch-site": "same-origin", "origin": "https://behind.proxy"}, True),
        ):
            response = await browser.post("/demo/say", json={"person": WANG, "text": "早"}, headers=headers)
            assert response.is_success if allowed else kind(response, 403, "web.error.origin"), headers


async def test_without_script_forms_lead_back_to_the_page() -> None:
    stage = Canned()
    letter = stage.threads[WANG][-1].id
    async with client(stage) as browser:
        response = await browser.post("/demo/tap", data={"person": WANG, "letter": letter, "data": "a:0:B"})
        assert (response.status_code, response.headers["location"]) == (303, "/demo")
        assert "2/5" in (await browser.get("/demo")).text
        assert (await browser.post("/demo/advance", data={"stop": ""})).status_code == 303
        assert stage.at == 1


async def test_choices_are_drawn_at_once() -> None:
    async with client(Canned()) as browser:
        browser.cookies.set("chenlian_demo", "theme=dark&skin=wecom&staff=2&view=trainer", "demo.test")
        page = (await browser.get("/demo")).text
        assert '<html lang="zh-CN" data-theme="dark" data-skin="wecom" data-kept="skin"' in page
        assert 'data-view="trainer"' in page
        assert 'data-person="2" data-seat="staff"' in page
        assert 'data-person="1"' not in page
        assert 'data-person="3"' in (await browser.get("/demo?staff=3")).text
        browser.cookies.set("chenlian_demo", 'theme="><script>&skin=x&staff=x&view=x', "demo.test")
        page = (await browser.get("/demo")).text
        assert '<html lang="zh-CN" data-skin="telegram" data-kept="skin"' in page
        assert 'data-view="staff"' in page
        assert 'data-person="1"' in page


async def test_a_seat_without_people_has_no_phone() -> None:
    async with client(Canned(players=PLAYERS[:1])) as browser:
        page = (await browser.get("/demo")).text
    assert page.count("<section") == 1


async def test_the_page_speaks_its_catalogue_only() -> None:
    marked = Words("en", {key: f"[{key}]" for key in words().sentences})
    async with client(Canned(threads={}), marked) as browser:
        pages = [(await browser.get(f"/demo?skin={skin}")).text for skin in ("telegram", "wecom")]
    for page in pages:
        assert '<html lang="en"' in page
        assert "[web.name]" in page
        for chinese in ("下一步", "企业微信", "发消息", "写消息", "机器人", "应用", "更多"):
            assert chinese not in page
