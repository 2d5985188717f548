"""The canned letters, in the style of LOOK §2."""

from bot.chat.message import Button, Message

GREETING = ((Button("开始", "start"),), (Button("我的", "/me"), Button("错题", "/book"), Button("榜", "/board")))


def _keys(number: int, letters: str) -> tuple[tuple[Button, ...], ...]:
    return (tuple(Button(letter, f"a:{number}:{letter}") for letter in letters),)


KEYS = ("B", "C", "A")
QUESTIONS = (
    Message(
        title="1/5 · 当面清点",
        body="客户要求柜外清点后离柜，您先做什么？",
        options=("请客户到大堂再点", "当着客户的面过机清点，报数确认", "按残损币标准挑出后再点"),
        buttons=_keys(0, "ABC"),
    ),
    Message(
        title="2/5 · 资费",
        body="客户跨行转账 8,000 元，走手机银行，手续费多少？",
        options=("2 元", "5 元", "免费", "按金额的 0.05%"),
        buttons=_keys(1, "ABCD"),
    ),
    Message(
        title="3/5 · 假币收缴",
        body="收缴假币时，应由几名持证人员当面办理？",
        options=("两名以上", "一名即可", "一名，另由保安见证"),
        buttons=_keys(2, "ABC"),
    ),
)

REASONS = Message(
    title="今晚 17:40 补练",
    body="「当面清点」，约 15 分钟，算工作时间。",
    rows=(("原因", "同一要点答错两次"), ("哪两次", "11月20日、今天"), ("考核金额", "0.00 元")),
    buttons=((Button("先看要点", "study:7"), Button("为什么是我", "/why")), (Button("今晚有事", "leave:7"),)),
)

LIST = Message(
    title="今晚建议 1 人（在岗 6）",
    rows=(("王芳", "当面清点 · 两次答错（11/20、今天）"), ("李强", "可能还需关注：未答满")),
    note="确认后他们马上会知道，12:00 前都可以改。",
    buttons=((Button("全部确认", "confirm:7"), Button("逐个看", "each:7")),),
)

SUMMARY = Message(
    title="11月20日 · 8 个网点",
    rows=(
        ("没开晨会", "城南（连续第 2 天）"),
        ("逾期补练", "2 人（城北）"),
        ("参与", "46/48"),
        ("最弱", "假币收缴 61%(29 题)、叫号举手 68%(31 题)"),
        ("比上周", "+2"),
    ),
    buttons=((Button("看网点", "/units"), Button("导出", "export:7")),),
)
