"""A small sound content folder, to be broken in one place at a time."""

from pathlib import Path

FILES = {
    "topics.yaml": """\
topics:
  - code: fees
    name: 资费标准
    checkpoints:
      - code: fees.transfer
        name: 跨行转账收费
        critical: true
        because: 钱款
        material: [每档含本数]
""",
    "fees.yaml": """\
tariffs:
  - code: transfer
    name: 个人跨行转账
    tiers:
      - {up_to: 2000, fee: 2}
      - {up_to: 5000, fee: 5}
    source: {document: 某文件, fact: FE-01, mark: V2}
    valid_from: 2014-08-01
""",
    "policy.yaml": "dose: 1\n",
    "calendar/2026.yaml": """\
year: 2026
source: 某通知
off:
  元旦: [2026-01-01]
work: [2026-01-04]
""",
    "questions/fees.yaml": """\
- code: fees-01
  kind: one
  checkpoint: fees.transfer
  posts: [teller, lobby, guard]
  stem: 恰好 2,000 元收多少?
  right: 2 元
  wrong:
    - text: 5 元
      mistake: 那是下一档
    - text: 随便收
      mistake: 不能随便收
  why: 含本数
  source: {document: 某文件, clause: 第一条, fact: FE-01, mark: V2}
  valid_from: 2014-08-01
- code: fees-02
  kind: amount
  checkpoint: fees.transfer
  posts: [teller]
  stem: 转 {金额} 元最多收多少?
  unit: 元
  tariff: transfer
  sums: [1500, 3000]
  why: 分档
  source: {document: 某文件, fact: FE-01, mark: V2}
  valid_from: 2014-08-01
- code: fees-03
  kind: several
  checkpoint: fees.transfer
  posts: [teller]
  stem: 哪些是档?
  right: [第一档, 第二档]
  why: 两档
  source: {document: 某文件, fact: FE-01, mark: V2}
  valid_from: 2014-08-01
- code: fees-04
  kind: truth
  checkpoint: fees.transfer
  posts: [teller]
  stem: 含本数。
  truth: true
  mistake: 每档都含本数
  why: 含本数
  source: {document: 某文件, fact: FE-01, mark: V2}
  valid_from: 2014-08-01
- code: fees-05
  kind: amount
  checkpoint: fees.transfer
  posts: [teller]
  stem: 一{单位}多少张?
  unit: 张
  cases:
    - {values: {单位: 把}, answer: 100}
    - {values: {单位: 捆}, answer: 1000}
  why: 十把一捆
  source: {document: 某文件, fact: CC-01, mark: V2}
  valid_from: 2014-08-01
""",
}


def write(folder: Path) -> Path:
    """Writes the sound folder."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def change(folder: Path, name: str, old: str, new: str) -> None:
    """Replaces one piece of text in one file, which must be there."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {name}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
