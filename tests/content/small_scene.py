"""A small sound file of scenes, laid beside the small folder."""

SCENES = """\
- code: transfer-quote
  title: 转账先报价
  posts: [teller, lobby, guard]
  checkpoints: [fees.transfer]
  setting: 客户要转两千元
  lines: [转两千, 快点]
  need: 怕多收
  rubric:
    - {text: 先问好, points: 2}
    - {text: 报出收费, points: 3, required: true}
    - {text: 等客户同意, points: 2}
    - {text: 双手递单, points: 2}
    - {text: 道再见, points: 1}
  forbidden: [先办后报]
  model: [最高两元，您看可以吗]
  source: {document: 某文件, clause: 第一条, fact: FE-01, mark: V2}
  valid_from: 2014-08-01
"""
