"""The people every story is about: two branches of one county, and those who lead and watch them."""

from bot.rehearsal.town import Cast, Plan
from drills.people import Post, Role

BRANCH, OTHER_BRANCH, COUNTY, CITY, HEAD = "城东网点", "城西网点", "某县支行", "某市分行", "总行"

PLAN = Plan(
    above=(HEAD, "某省分行", CITY, COUNTY),
    branches=(BRANCH, OTHER_BRANCH),
    cast=(
        Cast(name="王芳", unit=BRANCH, post=Post.TELLER),
        Cast(name="李强", unit=BRANCH, post=Post.TELLER),
        Cast(name="孙丽", unit=BRANCH, post=Post.LOBBY),
        Cast(name="赵敏", unit=BRANCH, role=Role.TRAINER),
        Cast(name="陈主任", unit=BRANCH, role=Role.MANAGER),
        Cast(name="周外", unit=OTHER_BRANCH, post=Post.TELLER),
        Cast(name="何训", unit=OTHER_BRANCH, role=Role.TRAINER),
        Cast(name="吴查", unit=COUNTY, role=Role.INSPECTOR),
        Cast(name="郑总", unit=CITY, role=Role.MANAGER),
        Cast(name="管理员", unit=HEAD, role=Role.ADMIN),
    ),
)
EVERYBODY = tuple(member.name for member in PLAN.cast)
OURS = frozenset({"王芳", "李强", "孙丽", "赵敏", "陈主任"})
THEIRS = frozenset({"周外", "何训"})
