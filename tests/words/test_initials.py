"""The letters of units' names, those with several readings among them."""

from gaigai_cli.words.initials import initials_of

NAMES = """
县自然资源局 xzrzyj, 县发改局 xfgj, 县住建局 xzjj, 县城管局 xcgj, 县政务服务中心 xzwfwzx,
县水利局 xslj, 县林业局 xlyj, 县生态环境局 xsthjj, 县国动办 xgdb, 县应急局 xyjj, 园区管委会 yqgwh,
县交通局 xjtj, 县工改办 xggb, 县市场监管局 xscjgj, 县消防救援支队 xxfjyzd, 县税务局 xswj,
县财政局 xczj, 县行政审批局 xxzspj, 县农业银行 xnyyh, 县会计中心 xkjzx, 县委编办 xwbb,
县教体局 xjtj, 县卫健局 xwjj, 县人社局 xrsj, 县民政局 xmzj, 县司法局 xsfj, 县公安局 xgaj,
县文旅局 xwlj, 县统计局 xtjj, 县审计局 xsjj, 县医保局 xybj, 县信访局 xxfj, 县科技局 xkjj,
县工信局 xgxj, 县商务局 xswj, 县农业农村局 xnyncj, 县残联 xcl, 县妇联 xfl, 团县委 txw,
县总工会 xzgh, 县工商联 xgsl, 县气象局 xqxj, 县烟草局 xycj, 县供电公司 xgdgs, 县公积金中心 xgjjzx,
县数据局 xsjj, 县退役军人局 xtyjrj, 县机关事务中心 xjgswzx, 县档案馆 xdag, 县融媒体中心 xrmtzx,
县委宣传部 xwxcb, 县委组织部 xwzzb, 县纪委监委 xjwjw, 县人大 xrd, 县法院 xfy, 县检察院 xjcy,
县中医院 xzyy, 县疾控中心 xjkzx, 县供销社 xgxs, 县人民银行 xrmyh, 县委党校 xwdx,
高新区管委会 gxqgwh, 县路桥公司 xlqgs, 县燃气公司 xrqgs, 县重点项目中心 xzdxmzx, 县长沙银行 xzsyh,
县调查队 xdcd, 县调解中心 xtjzx, 县行业协会 xhyxh, 县重庆商会 xcqsh, 县岳阳楼区政府 xyylqzf,
县朝阳街道 xzyjd, 县支行 xzh, 县农商行 xnsh, 县建行 xjh, 县体校 xtx, 县大数据局 xdsjj,
县石油公司 xsygs, 县会计核算中心 xkjhszx, 县处非办 xcfb, 县强戒所 xqjs, 长乐镇 clz, 县畜牧局 xxmj, 县协调办 xxtb,
县长江办 xcjb, 县农行 xnh, 朝阳镇 zyz
"""


def test_of_names() -> None:
    letters = dict(row.split() for row in NAMES.replace("\n", " ").split(", "))
    assert {name: initials_of(name) for name in letters} == letters


def test_what_is_no_character_has_no_letter() -> None:
    assert initials_of("县A1办（筹）") == "xa1bc"
    assert initials_of("鑫淼") == "xm"
