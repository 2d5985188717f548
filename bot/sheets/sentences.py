"""What is said of a sheet, in Chinese and English. A problem's mend stands behind the bar."""

from collections.abc import Mapping
from typing import Final

_HERE = "第 {row} 行「{column}」"
_AT = "Row {row}, “{column}”"

SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    # the file
    "problem.no-file": ("找不到文件 {path}。|请检查文件名。", "There is no file {path}. |Check its name."),
    "problem.too-big": (
        "文件太大了（最多 {limit} MB）。|请只留下名单这一页，另存一份再试。",
        "The file is too large (at most {limit} MB). |Keep only the list and save it anew.",
    ),
    "problem.not-given": (
        "这个文件取不下来，多半是太大了（最多 {limit} MB）。|请只留下名单这一页，另存一份再发。",
        "The file cannot be fetched; perhaps it is too large (at most {limit} MB). |Keep only the list and send that.",
    ),
    "problem.not-fetched": (
        "文件没有取到。|请过一会儿再发一次。",
        "The file did not come through. |Send it again in a little while.",
    ),
    "problem.wrong-type": (
        "这不是 Excel（.xlsx）或 CSV 文件。|请在 Excel 里另存为 .xlsx 再试。",
        "This is neither an Excel file (.xlsx) nor CSV. |Save it as .xlsx in Excel.",
    ),
    "problem.old-excel": (
        "这是旧版 Excel(.xls）或加了密码的文件。|请去掉密码，另存为 .xlsx 再试。",
        "This is an old Excel file (.xls), or one with a password. |Remove the password and save it as .xlsx.",
    ),
    "problem.broken-file": (
        "文件异常，读不了。|请在 Excel 里打开，另存为新的 .xlsx 再试。",
        "The file is damaged and cannot be read. |Open it in Excel and save it as a new .xlsx.",
    ),
    "problem.busy": (
        "正在读别人发来的文件。|请过一会儿再试。",
        "Other people's files are being read. |Try again in a little while.",
    ),
    "problem.not-text": (
        "这个 CSV 的文字既不是 UTF-8，也不是 GB18030 编码。|请在 Excel 里另存为“CSV UTF-8”。",
        "The text of this CSV is neither UTF-8 nor GB18030. |Save it as “CSV UTF-8” in Excel.",
    ),
    "problem.too-many-rows": (
        "超过 {limit} 行。|请分成几个文件，或删掉名单下面的内容。",
        "There are more than {limit} rows. |Split the file, or remove what stands below the list.",
    ),
    "problem.no-headings": (
        "找不到表头。|前 10 行里要有一行写着：{columns}。",
        "There is no row of headings. |One of the first 10 rows should say: {columns}.",
    ),
    "problem.no-rows": ("表头下面没有人。|请从表头的下一行开始填。", "Nobody is listed. |Begin below the headings."),
    "problem.no-heading": (
        "第 {row} 行表头里缺「{column}」这一列。|请加上这一列。",
        "The headings in row {row} lack “{column}”. |Add that column.",
    ),
    "problem.heading-near": (
        "第 {row} 行表头里缺「{column}」这一列，「{read}」像是写错了。|是的话请改成「{column}」，不是的话请换个叫法。",
        "The headings in row {row} lack “{column}”, and “{read}” looks like it. |Write “{column}”, or some other word.",
    ),
    "problem.no-branch": (
        "第 {row} 行表头里缺「{column}」这一列，而网点不止一个。|请加上这一列。",
        "The headings in row {row} lack “{column}”, and there are several branches. |Add that column.",
    ),
    "problem.heading-twice": (
        "第 {row} 行表头里有两列都是「{column}」（{read}）。|请只留一列。",
        "The headings in row {row} have “{column}” twice ({read}). |Keep one of them.",
    ),
    # a cell
    "problem.empty": (_HERE + "是空的。|请补上。", _AT + " is empty. |Fill it in."),
    "problem.empty-post": (
        _HERE + "是空的，而角色里有 员工。|要是 {allowed} 之一。",
        _AT + " is empty, and the role says staff. |It is one of {allowed}.",
    ),
    "problem.unknown": (
        _HERE + "写的是「{read}」，|要是 {allowed} 之一。",
        _AT + " says “{read}”; |it is one of {allowed}.",
    ),
    "problem.unknown-near": (
        _HERE + "写的是「{read}」，|要是 {allowed} 之一。是「{near}」吗？",
        _AT + " says “{read}”; |it is one of {allowed}. Is “{near}” meant?",
    ),
    "problem.no-post": (
        _HERE + "是空的。|要是 {allowed} 之一；不答题的人，请加一列「角色」写明。",
        _AT + " is empty. |It is one of {allowed}; of who is not drilled say the role in a column “role”.",
    ),
    "problem.not-staff": (
        _HERE + "写的是「{read}」，这个人有岗位。|有岗位的人每天答题，角色里要有 员工；不答题就把岗位空着。",
        _AT + " says “{read}” of somebody with a post. |Who has a post is drilled: add staff, or leave the post empty.",
    ),
    "problem.long": (
        _HERE + "写的「{read}」太长了。|最多 {limit} 个字。",
        _AT + " says “{read}”, which is too long. |At most {limit} characters.",
    ),
    "problem.twice": (
        _HERE + "写的「{read}」和第 {other} 行重复。|每个人一个工号、一行。",
        _AT + " says “{read}”, as row {other} does. |One number and one row for each person.",
    ),
    "problem.unit-unknown": (
        _HERE + "写的是「{read}」，还没有这个单位。"
        "|写错了就改；要新建，请在「上级单位」写明 总行/省分行/市分行/县支行 各级的名字。",
        _AT + " says “{read}”; there is no such unit. "
        "|Mend the name, or to make it write the units above it in the column “above”: head/province/city/county.",
    ),
    "problem.unit-ambiguous": (
        _HERE + "写的是「{read}」，叫这个名字的单位不止一个。|请在「上级单位」写明上一级的名字。",
        _AT + " says “{read}”; several units have that name. |Write the units above it in the column “above”.",
    ),
    "problem.unit-no-top": (
        _HERE + "写的是「{read}」，上级单位里没有它。|请从总行写起，用 / 隔开；总行是「{top}」。",
        _AT + " says “{read}”, which does not begin in the tree. |Begin with the head office, “{top}”.",
    ),
    "problem.unit-deep": (
        _HERE + "写的是「{read}」，超过五级。|总行/省分行/市分行/县支行/网点，最多五级。",
        _AT + " says “{read}”, more than five levels. |Head office, province, city, county, branch: five at most.",
    ),
    "problem.not-branch": (
        _HERE + "写的是「{read}」，它是第 {level} 级，不是网点。|有岗位的人要在网点，也就是第 5 级单位。",
        _AT + " says “{read}”, a unit of level {level}. |Who has a post works on a branch, which is level 5.",
    ),
    # a list that somebody sent
    "problem.unit-outside": (
        _HERE + "写的是「{read}」，不在您管的单位里（{tops}）。"
        "|请只写您管的单位；要新建网点，请在「上级单位」从总行写起。",
        _AT + " says “{read}”, which is not one of your units ({tops}). "
        "|Name only your own; to make a branch write the units above it in “above”, from the head office down.",
    ),
    "problem.number-outside": (
        _HERE + "写的是「{read}」，这个工号不在您管的单位里。|请核对工号；确实是调来的人，请上级的管理员来导入。",
        _AT + " says “{read}”, a number that is not of your units. "
        "|Check it; for somebody who moves to you, ask the admin above.",
    ),
    "problem.own-place": (
        _HERE + "写的是「{read}」，这一行是您自己，调走会没有管理员的角色。|请照原来的写，或请别的管理员来改。",
        _AT + " says “{read}” of yourself, and you would no longer be an admin. "
        "|Leave it as it is, or ask another admin.",
    ),
    "problem.own-role": (
        _HERE + "里没有 管理员，而这一行是您自己。|请写上 管理员，或请别的管理员来改。",
        _AT + " does not say admin, and it is yourself. |Add admin, or ask another admin.",
    ),
    # leave and shifts
    "problem.no-rota": (
        "看不出这是名单、请假表还是排班表。|表头里要有 姓名 或 工号，再加 {columns}，或一天一列的日期（如 12-01）。",
        (
            "This is no staff list, list of leave or rota. "
            "|The headings need a name or staff number, and {columns}, or a column for each day, such as 12-01."
        ),
    ),
    "problem.rota-day": (
        _HERE + "写的是「{read}」，看不出是哪一天。|请这样写：12-01 或 2026-12-01。",
        _AT + " says “{read}”, which is no day. |Write 12-01 or 2026-12-01.",
    ),
    "problem.rota-pointed": (
        _HERE + "写的是「{read}」，分不清是 1 日还是 10 日。|请这样写：12-01。",
        _AT + " says “{read}”: the 1st or the 10th? |Write 12-01.",
    ),
    "problem.rota-order": (
        _HERE + "写的是「{read}」，比开始的日子还早。|请检查这两个日期。",
        _AT + " says “{read}”, before it begins. |Check both days.",
    ),
    "problem.rota-far": (
        _HERE + "写的是「{read}」，太远了。|最远排到 {last}，以后的到时再发。",
        _AT + " says “{read}”, too far ahead. |Nothing after {last}; send the rest later.",
    ),
    "problem.rota-mark": (
        _HERE + "写的是「{read}」，看不懂。|请写 {allowed}，上班也可以空着。",
        _AT + " says “{read}”, which is not known. |Write {allowed}; at work may stay empty.",
    ),
    "problem.rota-kind": (
        _HERE + "写的是「{read}」，看不懂。|请写 {allowed} 之类，空着就算请假。",
        _AT + " says “{read}”, which is not known. |Write {allowed} or the like; empty is leave.",
    ),
    "problem.rota-who": (
        "第 {row} 行没有写是谁。|请补上姓名或工号；不是排班的行请删掉。",
        "Row {row} names nobody. |Write a name or staff number, or remove the row.",
    ),
    "problem.rota-nobody": (
        _HERE + "写的是「{read}」，没有找到这个人，或者不归您排班。|请核对工号和姓名。",
        _AT + " says “{read}”; nobody of yours is called so. |Check the staff number and the name.",
    ),
    "problem.rota-namesake": (
        _HERE + "写的是「{read}」，叫这个名字的不止一个。|请加一列「工号」。",
        _AT + " says “{read}”; several are called so. |Add a column “staff number”.",
    ),
    "problem.rota-other": (
        _HERE + "写的是「{read}」，和这个工号的人不一样。|请核对工号和姓名。",
        _AT + " says “{read}”, who has another staff number. |Check both.",
    ),
    "problem.rota-clash": (
        "第 {row} 行和第 {other} 行说的是同一个人的 {day}，却不一样。|请只留一个。",
        "Rows {row} and {other} say different things of the same person on {day}. |Keep one.",
    ),
    # how things stand
    "report.rest": ("其余 {rest} 行没问题，什么都还没导入。", "The other {rest} rows are fine; nothing was imported."),
    "report.none": ("什么都还没导入。", "Nothing was imported."),
    # what changes
    "plan.units": ("新建单位 {n} 个", "{n} units to be made"),
    "plan.joiners": ("新来 {n} 人", "{n} join"),
    "plan.returners": ("回来 {n} 人（以前停用过）", "{n} come back"),
    "plan.movers": ("变动 {n} 人", "{n} change"),
    "plan.mover": ("{name}（{what}）", "{name} ({what})"),
    "plan.leavers": ("离开 {n} 人（停用，解除绑定，未完的补练免去）", "{n} leave (links end, open cases are excused)"),
    "plan.missing": ("文件里没有 {n} 人，没有动他们", "{n} are not in the file and stay as they are"),
    "plan.add-leavers": ("  确实离开了，请加 --leavers", "  add --leavers if they have left"),
    "plan.unchanged": ("不变 {n} 人", "{n} stay as they are"),
    "plan.dry": ("以上是预演，什么都还没导入。确认后加 --apply。", "A rehearsal: nothing was imported. Add --apply."),
    "plan.done": ("已导入。", "Imported."),
    "plan.none": ("无", "none"),
    "plan.exported": ("已导出 {n} 人到 {path}。", "{n} people written to {path}."),
}
