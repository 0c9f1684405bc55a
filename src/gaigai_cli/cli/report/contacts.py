"""``gaigai contacts``: whom to call at each unit, and who has changed."""

from __future__ import annotations

from typing import Final

from gaigai_cli.cli.options import OUT, TABLE_OR_JSON, Option
from gaigai_cli.cli.record.filling import filling_of
from gaigai_cli.cli.run import Run, takes
from gaigai_cli.errors import GaigaiError, shown
from gaigai_cli.render.console.contacts import contacts_json, contacts_page
from gaigai_cli.work import contacts as work

_UNIT: Final = Option("单位", "只看这个单位的；登记时必须写")
_DUTY: Final = Option("--duty", "职责：联络员（默认）或分管负责同志", "职责")
_NAME: Final = Option("--name", "登记新的联系人：姓名", "姓名")
_POST: Final = Option("--post", "职务", "职务")
_PHONE: Final = Option("--phone", "办公电话", "电话", gives="office_phone")
_MOBILE: Final = Option("--mobile", "手机", "电话")
_SINCE: Final = Option("--since", "自哪一天起；不写则为今天", "日期", gives="from")
_ADD: Final = Option("--add", "登记新的联系人，逐项询问")
_PERSON: Final = (_DUTY, _NAME, _POST, _PHONE, _MOBILE, _SINCE)


@takes(_UNIT, _ADD, *_PERSON, TABLE_OR_JSON)
def contacts(run: Run) -> None:
    """Show whom to call, or write down who is to be called from now on."""
    session = run.session
    unit = session.unit_typed(_UNIT)
    if not run.flag(_ADD) and not any(map(run.has, _PERSON)):
        as_json = run.format(TABLE_OR_JSON) == "json"
        if as_json:
            run.output.json(contacts_json(session.judgement, unit))
        else:
            run.output.show(contacts_page(session.judgement, unit, run.typable))
        return
    session = run.office_session
    run.refuse([OUT])
    if unit is None:
        raise GaigaiError("缺少单位", "请补上，如 gaigai contacts 县财政局 --name 张三")
    filling = filling_of(session)
    questions = work.questions(session)
    filling.demand(filling.missing(questions))
    said = filling.fill(questions)
    path = work.add(session, unit, said)
    run.output.message(f"已写入 {shown(path)}：{unit}{said['name']}。")
