"""What a problem with the content is called, in Chinese and English: code → kind, (what is wrong, how to mend it)."""

from collections.abc import Mapping
from typing import Final

from bot.content.scene_sentences import SCENES, Pair

SENTENCES: Final[Mapping[str, tuple[str, Pair, Pair]]] = {
    # a file
    "no-folder": (
        "problem",
        ("找不到内容文件夹 {path}。", "请检查 CHENLIAN_CONTENT_DIR，或者把 content 文件夹放回去。"),
        ("There is no content folder {path}. ", "Check CHENLIAN_CONTENT_DIR, or put the content folder back."),
    ),
    "no-file": (
        "problem",
        ("缺少这个文件，或者读不了。", "请补上文件；可以从程序自带的 content 里拷一份来改。"),
        ("This file is missing or cannot be read. ", "Add it; a copy from the shipped content is a good start."),
    ),
    "not-utf8": (
        "problem",
        ("这一行的文字不是 UTF-8 编码。", "请用编辑器把文件另存为 UTF-8。"),
        ("The text of this line is not UTF-8. ", "Save the file as UTF-8."),
    ),
    "broken-yaml": (
        "problem",
        ("YAML 写法有误（{reason}）。", "请看这一行和上一行的缩进、冒号、引号；冒号后面要空一格。"),
        ("This is not YAML ({reason}). ", "Look at indents, colons and quotes here and one line above."),
    ),
    "empty-file": (
        "problem",
        ("文件是空的。", "请写上内容，或者删掉这个文件。"),
        ("The file is empty. ", "Write something into it, or remove it."),
    ),
    "not-mapping-file": (
        "problem",
        ("文件最外层应当是“键: 值”。", "请照着程序自带的同名文件来写。"),
        ("The file should hold keys and values. ", "Follow the shipped file of the same name."),
    ),
    "not-list-file": (
        "problem",
        ("文件最外层应当是一串题目，每题以“- code:”开头。", "请照着程序自带的题目文件来写。"),
        ("The file should hold a list of questions, each beginning with “- code:”. ", "Follow a shipped file."),
    ),
    # a key
    "unknown-key": (
        "problem",
        ("不认识的键 {name}。", "{hint}不需要就删掉这一行。"),
        ("Unknown key {name}. ", "{hint}Remove the line if it is not needed."),
    ),
    "twice-key": (
        "problem",
        ("键 {name} 写了两次。", "请只留一个。"),
        ("The key {name} is there twice. ", "Keep one."),
    ),
    "missing-key": (
        "problem",
        ("缺少 {name}。", "请补上这一项。"),
        ("{name} is missing. ", "Add it."),
    ),
    "not-text": (
        "problem",
        ("{name} 应当是一句文字。", "请写成一行文字，不要写成列表。"),
        ("{name} should be a text. ", "Write one line of text, not a list."),
    ),
    "not-list": (
        "problem",
        ("{name} 应当是一个列表。", "请写成 [甲, 乙],或者每行以“- ”开头。"),
        ("{name} should be a list. ", "Write [a, b], or begin each line with “- ”."),
    ),
    "not-entry": (
        "problem",
        ("{name} 这一项里应当有几个“键: 值”。", "请照着旁边的例子写。"),
        ("{name} should hold keys and values. ", "Follow the example beside it."),
    ),
    "not-day": (
        "problem",
        ("{name} 写的“{text}”不是日期。", "请写成 2026-11-23 这样。"),
        ("{name} says “{text}”, which is not a date. ", "Write it like 2026-11-23."),
    ),
    "not-number": (
        "problem",
        ("{name} 写的“{text}”不是数字。", "请写成 2000、4.5 或 0.03% 这样。"),
        ("{name} says “{text}”, which is not a number. ", "Write it like 2000, 4.5 or 0.03%."),
    ),
    "not-flag": (
        "problem",
        ("{name} 写的“{text}”不是 true 或 false。", "对写 true，错写 false。"),
        ("{name} says “{text}”, not true or false. ", "Write true or false."),
    ),
    "not-one-of": (
        "problem",
        ("{name} 写的“{text}”不认识。", "{hint}可以写：{allowed}。"),
        ("{name} says “{text}”, which is unknown. ", "{hint}It can be: {allowed}."),
    ),
    "bad-code": (
        "problem",
        ("代码“{text}”里有不能用的字符。", "请只用小写字母、数字、短横线和点，如 fees-01。"),
        ("The code “{text}” has characters it may not have. ", "Use a-z, 0-9, dashes and dots, like fees-01."),
    ),
    "duplicate-code": (
        "problem",
        ("代码 {code} 用了两次，另一处在 {other}。", "请给其中一个换新代码。"),
        ("The code {code} is used twice, also in {other}. ", "Give one of them a new code."),
    ),
    # topics and checkpoints
    "no-because": (
        "problem",
        ("检查点 {code} 标了一票否决，没有写 because。", "请写明是法律、钱款还是安全，一句话。"),
        ("Checkpoint {code} is critical without a because. ", "Say whether it is law, money or safety."),
    ),
    "long-material": (
        "problem",
        ("补练要点 {count} 行，最长一行 {longest} 字。", "最多 3 行，每行不超过 40 字。"),
        ("The material has {count} lines, the longest of {longest} characters. ", "At most 3 lines of 40 characters."),
    ),
    "foreign-checkpoint": (
        "problem",
        ("检查点 {code} 的代码不是以主题 {topic} 开头。", "请写成 {topic}.什么。"),
        ("The code of checkpoint {code} does not begin with its topic {topic}. ", "Write {topic}.something."),
    ),
    # a question
    "unsourced": (
        "problem",
        ("依据的等级是“{mark}”，只有核实过的（V1、V2）才能计分。", "请先核实出处，再写 V1 或 V2。"),
        ("The source is marked “{mark}”; only verified facts (V1, V2) are scored. ", "Verify it first."),
    ),
    "ends-before-begin": (
        "problem",
        ("valid_to 早于 valid_from。", "请核对生效和失效日期。"),
        ("valid_to is before valid_from. ", "Check both dates."),
    ),
    "too-long": (
        "problem",
        ("{what}有 {count} 字，最多 {limit} 字。", "请写短一些，手机卡片才放得下。"),
        ("{what} has {count} characters, at most {limit}. ", "Shorten it, so that it fits a card."),
    ),
    "too-many-options": (
        "problem",
        ("有 {count} 个选项，最多 {limit} 个。", "请删掉几个错误选项。"),
        ("There are {count} options, at most {limit}. ", "Remove some wrong ones."),
    ),
    "too-few-options": (
        "problem",
        ("只有 {count} 个选项，至少要 2 个。", "请在 wrong 里补上错误选项。"),
        ("There are {count} options, at least 2. ", "Add wrong ones."),
    ),
    "same-option": (
        "problem",
        ("选项“{text}”出现了两次。", "请改掉一个，空格和标点不同也算相同。"),
        ("The option “{text}” is there twice. ", "Change one; blanks and punctuation make no difference."),
    ),
    "right-among-wrong": (
        "problem",
        ("正确答案“{text}”也写在错误选项里。", "请改掉 wrong 里的那一个。"),
        ("The right answer “{text}” is among the wrong ones. ", "Change the one under wrong."),
    ),
    "no-value": (
        "problem",
        ("题干里的 {{{name}}} 没有值。", "请在每个 cases 的 values 里写上，或者从题干里去掉。"),
        ("{{{name}}} in the stem has no value. ", "Give it one in every case, or take it out of the stem."),
    ),
    "no-place": (
        "problem",
        ("值 {name} 在题干里没有位置。", "请在题干里写 {{{name}}}，或者删掉这个值。"),
        ("The value {name} has no place in the stem. ", "Write {{{name}}} into the stem, or remove the value."),
    ),
    "stray-brace": (
        "problem",
        ("题干里有多余的大括号。", "大括号只用来写数字题的 {{金额}} 这类空位。"),
        ("The stem has a stray brace. ", "Braces are only for places like {{sum}} of a number question."),
    ),
    "tariff-or-cases": (
        "problem",
        ("数字题要么写 tariff 和 sums，要么写 cases。", "请二选一。"),
        ("A number question has either tariff and sums, or cases. ", "Choose one."),
    ),
    "beyond-tariff": (
        "problem",
        ("金额 {sum} 超出了收费表 {tariff} 的范围。", "请换一个金额，或者补上这一档。"),
        ("The sum {sum} is beyond the tariff {tariff}. ", "Take another sum, or add the tier."),
    ),
    "outlives-tariff": (
        "problem",
        ("题目的有效期超出了收费表 {tariff} 的有效期。", "请把 valid_from、valid_to 改到收费表的期间以内。"),
        ("The question holds longer than its tariff {tariff}. ", "Keep its dates within the tariff's."),
    ),
    "untypable": (
        "problem",
        ("答案 {answer} {unit}没法用手机打出来。", "请换一组数字：不能是负数，小数最多两位，单位要常用。"),
        (
            "The answer {answer} {unit} cannot be typed. ",
            "Take other values: not negative, two decimals, a usual unit.",
        ),
    ),
    "no-unit": (
        "problem",
        ("费用题的单位应当是元。", "请写 unit: 元。"),
        ("The unit of a fee should be 元. ", "Write unit: 元."),
    ),
    # fees, calendar, policy
    "fee-or-rate": (
        "problem",
        ("第 {place} 档要写 fee 或 rate 其中一个。", "每笔固定的写 fee，按比例的写 rate。"),
        ("Tier {place} has neither or both of fee and rate. ", "Write fee when fixed, rate when proportional."),
    ),
    "falling-tiers": (
        "problem",
        ("第 {place} 档的 up_to 没有比前一档大。", "各档要从小到大，只有最后一档可以不写 up_to。"),
        ("The up_to of tier {place} is not above the one before. ", "Tiers rise; only the last may lack up_to."),
    ),
    "wrong-year": (
        "problem",
        ("{day} 不在 {year} 年。", "请挪到那一年的文件里。"),
        ("{day} is not in {year}. ", "Move it into that year's file."),
    ),
    "off-and-work": (
        "problem",
        ("{day} 既是放假又是上班。", "请按放假通知改一处。"),
        ("{day} is both off and at work. ", "Correct one by the notice."),
    ),
    "work-on-weekday": (
        "problem",
        ("{day} 是平日，不用写成调休上班。", "请按放假通知核对日期。"),
        ("{day} is a weekday and needs no make-up. ", "Check the date by the notice."),
    ),
    "policy-value": (
        "problem",
        ("{name} 写的“{text}”读不懂。", "请照着程序自带的 policy.yaml 来写。"),
        ("{name} says “{text}”, which cannot be read. ", "Follow the shipped policy.yaml."),
    ),
    "long-saying": ("problem", ("超过 {width} 字。", "请写短些。"), ("Over {width} characters. ", "Shorten it.")),
    "position-twice": ("problem", ("“{position}”重复了。", "请只留一处。"), ("{position} is twice. ", "Keep one.")),
    "policy-order": (
        "problem",
        ("{then} 小于 {first}。", "请核对这两个值的先后大小。"),
        ("{then} is below {first}. ", "Check the order of the two."),
    ),
    # the whole bank
    "no-questions": (
        "problem",
        ("题库里一道题也没有。", "请在 questions 文件夹里写题。"),
        ("There are no questions. ", "Write some into the questions folder."),
    ),
    "few-for-post": (
        "problem",
        ("岗位 {post} 只有 {count} 题，凑不够一次晨练的 {dose} 题。", "请为这个岗位补题。"),
        ("The post {post} has {count} questions, fewer than a sitting of {dose}. ", "Add some for it."),
    ),
    "cheat-longest": (
        "problem",
        (
            "总选最长的选项，比瞎猜多对 {gain} 个百分点（最多 {limit}）。",
            "请把正确选项写短，或把错误选项写长，先看：{codes}。",
        ),
        (
            "Always choosing the longest option gains {gain} points on chance (at most {limit}). ",
            "Begin with: {codes}.",
        ),
    ),
    "cheat-middle": (
        "problem",
        (
            "总选中间的数，比瞎猜多对 {gain} 个百分点（最多 {limit}）。",
            "请让正确的数有时最小、有时最大，先看：{codes}。",
        ),
        ("Always choosing the middle number gains {gain} points on chance (at most {limit}). ", "Begin with: {codes}."),
    ),
    "cheat-shared": (
        "problem",
        ("总选和题干用词最像的选项，比瞎猜多对 {gain} 个百分点（最多 {limit}）。", "请换掉重复的词，先看：{codes}。"),
        ("Choosing the words of the stem gains {gain} points on chance (at most {limit}). ", "Begin with: {codes}."),
    ),
    # warnings
    "expired": (
        "warning",
        ("{valid_to} 已经失效，不会再出这道题。", "请换成新规定，或者删掉。"),
        ("It ended on {valid_to} and is asked no more. ", "Renew it by the new rule, or remove it."),
    ),
    "unused-checkpoint": (
        "warning",
        ("检查点 {code} 还没有题目。", "请至少写两题，答错的人才有另一题可练。"),
        ("Checkpoint {code} has no question. ", "Write at least two, so that a miss can be drilled by another."),
    ),
    "lonely-checkpoint": (
        "warning",
        ("检查点 {code} 只有 {count} 题，少于 {wanted} 题。", "请补题，答错的人才有另一题可练。"),
        ("Checkpoint {code} has {count} questions, fewer than {wanted}. ", "Add some, so that a miss finds another."),
    ),
    "unknown-year": (
        "warning",
        ("没有 {year} 年的放假安排，这一年先按周一到周五上班。", "国务院办公厅公布后，请补上 calendar/{year}.yaml。"),
        (
            "The holidays of {year} are unknown; Monday to Friday until then. ",
            "Add calendar/{year}.yaml once published.",
        ),
    ),
    **SCENES,
}
