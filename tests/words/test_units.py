"""Unit cells: a table of wordings with their whole reading, and properties of any text."""

from __future__ import annotations

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gaigai_cli.words import unit_lexicon, unit_pieces, units
from gaigai_cli.words.units import UnitsReading, read_units

NOTICE = Path(__file__).parents[1] / "notice" / "notice-2024.txt"

DOES_NOT_READ = "看不出是不是单位名称"
LEVEL_UNCLEAR = "看不出是哪一级的单位"


def reading(
    lead: str = "",
    responsible: str = "",
    support: str = "",
    open: str = "",
    *doubts: str,
) -> UnitsReading:
    """A reading whose names are written with blanks between them."""
    lists = [tuple(names.split()) for names in (lead, responsible, support, open)]
    return UnitsReading(lists[0], lists[1], lists[2], lists[3], doubts)


UNDERSTOOD = [
    ("和田市财政局、和政县教育局", reading("", "和田市财政局 和政县教育局")),
    ("云和县教育局和太和县财政局", reading("", "云和县教育局 太和县财政局")),
    ("从江县财政局牵头，天等县财政局、如皋市人民政府配合", reading("从江县财政局", "", "天等县财政局 如皋市人民政府")),
    ("隆林各族自治县人民政府，将乐县住建局", reading("", "隆林各族自治县人民政府 将乐县住建局")),
    ("山海关区政府、景德镇市发改委", reading("", "山海关区政府 景德镇市发改委")),
    ("沿江乡人民政府、沿江乡镇", reading("", "沿江乡人民政府", "", "沿江乡镇")),
    ("县委财经办牵头，县委改革办配合", reading("县委财经办", "", "县委改革办")),
    ("县一中，铁山水库管理局", reading("", "县一中 铁山水库管理局")),
    ("团县委、县委网信办", reading("", "团县委 县委网信办")),
    ("县档案馆　县科协　团县委", reading("", "县档案馆 县科协 团县委")),
    ("区甲局▲　区乙局 区丙中心", reading("区甲局", "区乙局 区丙中心")),
    ("县城投公司 国家统计局甲县调查队", reading("", "县城投公司 国家统计局甲县调查队")),
    ("县食安办 甲县水务集团有限公司", reading("", "县食安办 甲县水务集团有限公司")),
    ("县住建局★、县发改局", reading("县住建局", "县发改局")),
    # what bureaus, schools and towns call those who act
    ("基教股、人事股", reading("", "基教股 人事股")),
    ("由造林股牵头，各林业站具体落实", reading("造林股", open="各林业站")),
    ("立案庭、民一庭、各业务庭、本院各部门", reading("", "立案庭 民一庭", open="各业务庭 本院各部门")),
    ("省甲厅牵头，各市、县（市、区）人民政府配合",
     reading("省甲厅", open="各市、县（市、区）人民政府")),
    ("市甲局，各区（新区）；有关发电企业、市属各开发区管委",
     reading("", "市甲局", open="各区（新区） 有关发电企业 市属各开发区管委")),
    # counties and districts for their governments, trades, those of higher levels in a county
    ("乙县、丙县、丁区人民政府", reading("", "乙县人民政府 丙县人民政府 丁区人民政府")),
    ("乙县委、县政府，丁区委、区人民政府", reading("", "乙县委 乙县政府 丁区委 丁区人民政府")),
    ("县委、县政府", reading("", "县委 县政府")),
    ("市甲局牵头，示例县、示例市、乙区配合", reading("市甲局", "", "示例县 示例市 乙区")),
    ("公安、交通、消防等部门", reading(open="公安、交通、消防等部门")),
    ("县甲局，各许可和处罚实施部门、各招商小分队",
     reading("", "县甲局", open="各许可和处罚实施部门 各招商小分队")),
    ("市甲局，各县、区人民政府，市各开发区、新区、园区管委会",
     reading("", "市甲局", open="各县、区人民政府 市各开发区 新区 园区管委会")),
    ("市甲局牵头，市乙局，各县、区人民政府，市各开发区、新区、园区管委会按职责分工负责",
     reading("市甲局", "市乙局", open="各县、区人民政府 市各开发区 新区 园区管委会")),
    ("市甲局，各县区、经济区", reading("", "市甲局", open="各县区 经济区")),
    ("市数据共享协调机制", reading("", "市数据共享协调机制")),
    ("市级各部门、各区县（自治县）", reading(open="市级各部门 各区县（自治县）")),
    ("国网甲乙电力、国网甲乙市电力公司", reading("", "国网甲乙电力 国网甲乙市电力公司")),
    ("市甲局，各街道〈功能区〉", reading("", "市甲局", open="各街道（功能区）")),
    ("中央、省驻甲单位，各乡镇党委、政府", reading(open="中央、省驻甲单位 各乡镇党委、政府")),
    ("市甲局，各县（市、区）、高新区", reading("", "市甲局 高新区", open="各县（市、区）")),
    ("镇妇联、市教育局，相关管委会，县防指成员单位",
     reading("", "镇妇联 市教育局", open="相关管委会 县防指成员单位")),
    ("人事股、各中小学", reading("", "人事股", open="各中小学")),
    ("甲县委、县政府办公室", reading("", "甲县委办公室 甲县政府办公室")),
    ("县委和县政府办公室牵头，县乙局配合", reading("县委办公室 县政府办公室", "", "县乙局")),
    # helpers in a bracket, bodies counted or of each kind, what several do to an end
    ("县甲局牵头（县乙局、各乡镇配合）", reading("县甲局", "", "县乙局", open="各乡镇")),
    ("县甲局（县乙局协助）；县丙局", reading("", "县甲局 县丙局", "县乙局")),
    ("牵头：县甲局，参与：县乙局", reading("县甲局", "", "县乙局")),
    ("县甲局、乙镇等12个乡镇", reading("", "县甲局 乙镇", open="等12个乡镇")),
    ("区级各行政执法单位、各通信运营商，各级党组织",
     reading(open="区级各行政执法单位 各通信运营商 各级党组织")),
    ("由各乡镇负责落实属地责任，县甲局负责督促检查，确保施工安全",
     reading("", "县甲局", open="各乡镇")),
    # called by a slogan
    ("县“两重”办牵头，县“双减”工作专班配合", reading("县“两重”办", "", "县“双减”工作专班")),
    # a second name on the door
    ("县农业农村局（县乡村振兴局）、县甲局", reading("", "县农业农村局 县甲局")),
    ("县政府办（金融办）牵头，县乙局（知识产权局）配合", reading("县政府办", "", "县乙局")),
    # a zone and the town that it is run with
    ("县甲局，高新园（甲镇）、各镇办、各区镇处",
     reading("", "县甲局 高新园", open="各镇办 各区镇处")),
    ("县内各通信运营企业、县安委会有关成员单位、各涉农乡镇、各项目业主、各级河长办、各专项组",
     reading(open="县内各通信运营企业 县安委会有关成员单位 各涉农乡镇 各项目业主 各级河长办 各专项组")),
    ("县公安局、军分区、中石油", reading("", "县公安局 军分区 中石油")),
    ("牵头单位：省甲厅；配合单位：教育厅、统计局", reading("省甲厅", "", "省教育厅 省统计局")),
    ("县甲局，移动、电信、联通示例分公司",
     reading("", "县甲局 移动示例分公司 电信示例分公司 联通示例分公司")),
    ("旗甲局、各苏木镇、各国有牧场", reading("", "旗甲局", open="各苏木镇 各国有牧场")),
    ("各乡镇党政主要负责人、县财政局（国资委）", reading("", "县财政局", open="各乡镇")),
    ("县文化馆、图书馆、博物馆；县乙局、甲镇党委",
     reading("", "县文化馆 县图书馆 县博物馆 县乙局 甲镇党委")),
    ("县甲局，中国移动、中国电信、中国联通示例分公司",
     reading("", "县甲局 中国移动示例分公司 中国电信示例分公司 中国联通示例分公司")),
    ("县移动、县铁塔分公司", reading("", "县移动分公司 县铁塔分公司")),
    ("县直部门一律", reading(open="县直部门")),
    ("县甲局牵头，各乡镇一律配合", reading("县甲局", open="各乡镇")),
    ("县甲局、县乙局均负责", reading("", "县甲局 县乙局")),
    ("移动、电信、联通公司，县移动、铁塔分公司", reading("", "移动公司 电信公司 联通公司 县移动分公司 县铁塔分公司")),
    ("甲镇党委、政府，乙街道党工委、办事处；政府办会同司法局",
     reading("", "甲镇党委 甲镇政府 乙街道党工委 乙街道办事处 政府办 司法局")),
    ("县乙局\n（知识产权局）\n县丙局\n(牵头)", reading("县丙局", "县乙局")),
    # only laid out so
    ("县 数 据 局\n县 医 保 局", reading("", "县数据局 县医保局")),
    # numbered from 1 in one cell
    ("①县甲局②县乙局、县丙局", reading("", "县甲局 县乙局 县丙局")),
    ("1.县甲局牵头；2.县乙局（配合）；3.各乡镇", reading("县甲局", "", "县乙局", "各乡镇")),
    ("（1）县甲局（2）县乙局", reading("", "县甲局 县乙局")),
    ("1.县甲局 2.县乙局", reading("", "县甲局 县乙局")),
    # what each has to do
    ("县甲局：制定方案；县乙局：建设示例点；各乡镇：做好收集", reading("", "县甲局 县乙局", open="各乡镇")),
    ("县甲局牵头制定方案，县乙局配合做好保障", reading("县甲局", "", "县乙局")),
    ("县甲局：牵头制定方案\n县乙局：配合", reading("县甲局", "", "县乙局")),
    ("牵头单位：县甲局、县乙局（双牵头）", reading("县甲局 县乙局")),
    ("县直有关部门（按职能分工负责）、各市属国企", reading(open="县直有关部门 各市属国企")),
    ("纪委、经委、县政协办、下属各单位", reading("", "纪委 经委 县政协办", open="下属各单位")),
    ("市甲局、金融监管总局甲监管局", reading("", "市甲局 金融监管总局甲监管局")),
    ("市教委、科委", reading("", "市教委 市科委")),
    ("市甲局、各县（市、区）政府牵头组织实施", reading("市甲局", open="各县（市、区）政府")),
    ("县局各股室、县直各预算单位", reading(open="县局各股室 县直各预算单位")),
    ("县应急局牵头，县安委会各成员单位按职责分工负责", reading("县应急局", open="县安委会各成员单位")),
    ("县卫健局牵头，各乡镇（街道）组织实施", reading("县卫健局", open="各乡镇（街道）")),
    # bodies of each region, zones of each county of a city, the one zone of a county
    ("国家安全部、审计署、共青团中央", reading("", "国家安全部 审计署 共青团中央")),
    ("各区住建局、各设区市人民政府、市县政府", reading(open="各区住建局 各设区市人民政府 市县政府")),
    ("市甲局，各县区人民政府、园区管委会", reading("", "市甲局", open="各县区人民政府 园区管委会")),
    ("县甲局，各乡镇、开发区管委会", reading("", "县甲局 开发区管委会", open="各乡镇")),
    ("市直有关部门、单位", reading(open="市直有关部门、单位")),
    ("牵头单位：县甲局、县乙局按职责分工负责", reading("县甲局 县乙局")),
    # ★ and its like
    ("★县住建局", reading("县住建局")),
    ("★县住建局、县发改局", reading("县住建局", "县发改局")),
    ("★ 县住建局 、 县发改局 ", reading("县住建局", "县发改局")),
    ("县发改局、★县住建局", reading("县住建局", "县发改局")),
    ("★县市场监管局、★县住建局、县税务局", reading("县市场监管局 县住建局", "县税务局")),
    ("▲县住建局、县发改局", reading("县住建局", "县发改局")),
    ("☆县住建局、县发改局", reading("县住建局", "县发改局")),
    ("*县住建局,县发改局", reading("县住建局", "县发改局")),
    ("＊县住建局，*县发改局，县水利局", reading("县住建局 县发改局", "县水利局")),
    ("县住建局（★）、县发改局", reading("县住建局", "县发改局")),
    ("县住建局(*)、县发改局", reading("县住建局", "县发改局")),
    ("（★）县住建局、县发改局", reading("县住建局", "县发改局")),
    ("★县住建局（牵头）、县发改局", reading("县住建局", "县发改局")),
    # separators
    ("县住建局", reading("", "县住建局")),
    ("县住建局、县发改局，县水利局,县林业局；县财政局;县税务局",
     reading("", "县住建局 县发改局 县水利局 县林业局 县财政局 县税务局")),
    ("★县住建局\n县发改局\n县水利局", reading("县住建局", "县发改局 县水利局")),
    ("★县住建局、\r\n县发改局", reading("县住建局", "县发改局")),
    ("县住建局；县发改局。", reading("", "县住建局 县发改局")),
    ("\u3000县住建局、\u3000县发改局\n", reading("", "县住建局 县发改局")),
    ("县住建局、县文旅集团（筹备组）、县数据中心〔筹〕（牵头）", reading("县数据中心〔筹〕", "县住建局 县文旅集团（筹备组）")),
    ("县住建局（牵头）/县发改局／各乡镇", reading("县住建局", "县发改局", open="各乡镇")),
    ("县住建局　县发改局 ★县财政局", reading("县财政局", "县住建局 县发改局")),
    ("县住建局（牵头） 县发改局", reading("县住建局", "县发改局")),
    ("县住建局（牵头） 城关镇", reading("县住建局", "城关镇")),
    # blanks within a name: of justified lines, of pages
    ("县自然资源 局", reading("", "县自然资源局")),
    ("市 住建局 、资源规划 局、 大数据局 、示例 山管委 会",
     reading("", "市住建局 市资源规划局 市大数据局 示例山管委会")),
    ("文化站 林业站、火车站派出所", reading("", "文化站 林业站 火车站派出所")),
    ("镇创卫办牵头，各村（居、场）配合", reading("镇创卫办", open="各村（居、场）")),
    ("各区县政府（地区管委会）", reading(open="各区县政府（地区管委会）")),
    ("县移民办、县双创办、县政务公开办", reading("", "县移民办 县双创办 县政务公开办")),
    ("市甲局、体育局牵头督导，市丙局参与", reading("市甲局 市体育局", "", "市丙局")),
    # 和 及 与 以及 会同
    ("县住建局和县城管局", reading("", "县住建局 县城管局")),
    ("县住建局 和 县城管局", reading("", "县住建局 县城管局")),
    ("县住建局及县城管局", reading("", "县住建局 县城管局")),
    ("县住建局与县城管局", reading("", "县住建局 县城管局")),
    ("县住建局以及县城管局", reading("", "县住建局 县城管局")),
    ("县住建局会同县城管局", reading("", "县住建局 县城管局")),
    ("住建局和城管局", reading("", "住建局 城管局")),
    ("县工改办和县住建局", reading("", "县工改办 县住建局")),
    ("县委和县政府", reading("", "县委 县政府")),
    ("★县工改办及★县住建局", reading("县工改办 县住建局")),
    ("县教育和体育局", reading("", "县教育和体育局")),
    ("县发展和改革局和县住房和城乡建设局", reading("", "县发展和改革局 县住房和城乡建设局")),
    ("★县教育和体育局、县文化旅游广电局", reading("县教育和体育局", "县文化旅游广电局")),
    ("县科学普及中心", reading("", "县科学普及中心")),
    ("县人力资源和社会保障局与县卫生健康局",
     reading("", "县人力资源和社会保障局 县卫生健康局")),
    ("县社会组织和社区治理中心", reading("", "县社会组织和社区治理中心")),
    # headings
    ("牵头单位：县住建局；配合单位：县发改局、县城管局",
     reading("县住建局", "", "县发改局 县城管局")),
    ("牵头单位:县住建局\n责任单位:县发改局\n配合单位:县城管局",
     reading("县住建局", "县发改局", "县城管局")),
    ("牵头单位：县住建局 配合单位：县发改局", reading("县住建局", "", "县发改局")),
    ("牵头单位：县住建局、县发改局", reading("县住建局 县发改局")),
    ("牵头：县住建局；配合：县发改局", reading("县住建局", "", "县发改局")),
    ("牵头责任单位：县住建局；责任单位：县发改局、县城管局",
     reading("县住建局", "县发改局 县城管局")),
    ("责任单位：县住建局、县发改局", reading("", "县住建局 县发改局")),
    ("责任单位：县住建局；县发改局", reading("", "县住建局 县发改局")),
    ("责任单位：★县住建局、县发改局", reading("县住建局", "县发改局")),
    ("责任单位：县住建局（牵头）、县发改局", reading("县住建局", "县发改局")),
    ("责任单位：县住建局牵头，县发改局配合", reading("县住建局", "", "县发改局")),
    ("牵头单位：\n县住建局\n责任单位：\n县发改局", reading("县住建局", "县发改局")),
    # role words behind
    ("县住建局牵头", reading("县住建局")),
    ("县住建局牵头，县发改局配合", reading("县住建局", "", "县发改局")),
    ("县住建局牵头，县发改局、县城管局配合", reading("县住建局", "", "县发改局 县城管局")),
    ("县住建局牵头、县发改局配合", reading("县住建局", "", "县发改局")),
    ("县住建局牵头县发改局配合", reading("县住建局", "", "县发改局")),
    ("县住建局主办县发改局参加", reading("县住建局", "", "县发改局")),
    ("县住建局、县发改局共同牵头，县城管局参与",
     reading("县住建局 县发改局", "", "县城管局")),
    ("县住建局和县发改局牵头", reading("县住建局 县发改局")),
    ("县住建局牵头，县发改局、县城管局", reading("县住建局", "县发改局 县城管局")),
    ("县住建局牵头，县发改局，县城管局", reading("县住建局", "县发改局 县城管局")),
    ("由县住建局牵头", reading("县住建局")),
    ("由县住建局牵头，县发改局协助", reading("县住建局", "", "县发改局")),
    ("由县住建局牵头，会同县发改局、县城管局", reading("县住建局", "县发改局 县城管局")),
    ("由县住建局负责", reading("", "县住建局")),
    ("县住建局牵头负责，县发改局、县城管局按职责分工负责",
     reading("县住建局", "县发改局 县城管局")),
    ("县住建局为牵头单位，县发改局为配合单位", reading("县住建局", "", "县发改局")),
    ("县住建局、县发改局；县城管局配合", reading("", "县住建局 县发改局", "县城管局")),
    ("★县住建局、县发改局、县城管局配合", reading("县住建局", "", "县发改局 县城管局")),
    ("市住建局牵头，市发改委、市财政局，各县区政府按职责分工负责",
     reading("市住建局", "市发改委 市财政局", open="各县区政府")),
    ("县住建局、县城管局分别牵头，县公安局协同配合", reading("县住建局 县城管局", "", "县公安局")),
    ("县住建局牵头，县发改局等部门，县城投公司、各街道办事处配合",
     reading("县住建局", "", "县发改局 县城投公司", "等部门 各街道办事处")),
    ("市工商局牵头，各区政府、市政府各部门落实", reading("市工商局", open="各区政府 市政府各部门")),
    ("县住建局负责牵头，县发改局、县城管局依职责分工负责", reading("县住建局", "县发改局 县城管局")),
    ("县住建局总牵头，县发改局、县城管局各负其责", reading("县住建局", "县发改局 县城管局")),
    ("省市场监管局、县乡村振兴局", reading("", "省市场监管局 县乡村振兴局")),
    ("县住建局牵头抓总，县发改局具体负责落实", reading("县住建局", "县发改局")),
    ("主责：县住建局；协办：县发改局", reading("县住建局", "", "县发改局")),
    ("牵头　县住建局\n配合　县发改局、县城管局", reading("县住建局", "", "县发改局 县城管局")),
    ("牵头单位：县住建局\n配合单位：县发改局\n县城管局",
     reading("县住建局", "", "县发改局 县城管局")),
    # role words in brackets
    ("县住建局（主责）、县发改局（协办）", reading("县住建局", "", "县发改局")),
    ("县住建局（牵头）", reading("县住建局")),
    ("县住建局(牵头单位)、县发改局(配合)", reading("县住建局", "", "县发改局")),
    ("县住建局【牵头】、县发改局", reading("县住建局", "县发改局")),
    ("县住建局（（牵头））、县发改局", reading("县住建局", "县发改局")),
    ("县发改局、县住建局（牵头）、县城管局", reading("县住建局", "县发改局 县城管局")),
    ("县住建局（牵头）和县发改局（配合）", reading("县住建局", "", "县发改局")),
    ("县住建局、县发改局（共同牵头）", reading("县住建局 县发改局")),
    ("县住建局（牵头），县发改局、县城管局（共同配合）", reading("县住建局", "", "县发改局 县城管局")),
    # sentences
    ("牵头单位为县住建局，配合单位为县发改局", reading("县住建局", "", "县发改局")),
    ("县直各单位按职责分工", reading(open="县直各单位")),
    ("县住建局、县水利局按职责", reading("", "县住建局 县水利局")),
    ("责任主体：各镇、县住建局、县水利局；牵头单位：县住建局",
     reading("县住建局", "县水利局", open="各镇")),
    ("牵头单位：县住建局；责任单位：县住建局、县水利局", reading("县住建局", "县水利局")),
    ("县住建局牵头，县发改局、各乡镇（街道）按各自职责分工",
     reading("县住建局", "县发改局", open="各乡镇（街道）")),
    # open bodies
    ("县住建局、县发改局等3部门", reading("", "县住建局 县发改局", open="等3部门")),
    ("★县住建局等相关部门", reading("县住建局", open="等相关部门")),
    ("县住建局、县发改局等和各乡镇人民政府负责",
     reading("", "县住建局 县发改局", open="等 各乡镇人民政府")),
    ("省财政厅、体育局牵头，教育厅、市场监管局按职责分工负责",
     reading("省财政厅 省体育局", "省教育厅 省市场监管局")),
    ("市财政局、市教育局、体育局", reading("", "市财政局 市教育局 市体育局")),
    # the level is carried from the name before, on lines and behind role words too, be it a place's; a bureau of a
    # place among names that each have theirs is called as it is
    ("省甲厅、体育局、省丙厅、岭东局", reading("", "省甲厅 省体育局 省丙厅 岭东局")),
    ("市大数据局\n商务局\n监委", reading("", "市大数据局 市商务局 市监委")),
    ("市卫健局牵头、市教育局、交警支队、检察院负责",
     reading("市卫健局", "市教育局 市交警支队 市检察院")),
    ("甲县教育局、财政局", reading("", "甲县教育局 甲县财政局")),
    ("教育局、县医院、财政局", reading("", "教育局 县医院 财政局")),
    ("由省卫健委牵头，会同省民政厅、市场监管局等单位负责",
     reading("省卫健委", "省民政厅 省市场监管局", open="等单位")),
    ("县发改局、财政局牵头；住建局配合", reading("县发改局 县财政局", "", "县住建局")),
    ("市财政局、市民政局、市政府办公室", reading("", "市财政局 市民政局 市政府办公室")),
    ("市民政局、市场监管局；民族宗教局",
     reading("", "市民政局 市市场监管局 市民族宗教局")),
    ("省民政厅、市民政局", reading("", "省民政厅 市民政局")),
    ("市委组织部和市民政局，市区两级政府", reading("", "市委组织部 市民政局", open="市区两级政府")),
    ("县城管局、国资委、地方金融监管局",
     reading("", "县城管局 县国资委 县地方金融监管局")),
    ("市接待办、市交通办", reading("", "市接待办 市交通办")),
    ("县委宣传部、统战部", reading("", "县委宣传部 县委统战部")),
    ("市金融办、人民银行示例市中心支行、示例银监分局",
     reading("", "市金融办 人民银行示例市中心支行 示例银监分局")),
    ("市教委、示例海事局、示例林业局", reading("", "市教委 示例海事局 示例林业局")),
    ("项目所在地政府、相关区人民政府、建设单位、驻县各单位",
     reading(open="项目所在地政府 相关区人民政府 建设单位 驻县各单位")),
    ("甲镇、示例林场、示例海关", reading("", "甲镇 示例林场 示例海关")),
    ("海关、国有甲林场、国营示例农场、县城投、县良种场，各国有林场",
     reading("", "海关 国有甲林场 国营示例农场 县城投 县良种场", open="各国有林场")),
    ("责任单位：县住建局；实施单位：县住建局、县发改局", reading("", "县住建局 县发改局")),
    ("县经开区★、县商务局", reading("县经开区", "县商务局")),
    ("各乡镇（场、街道）", reading(open="各乡镇（场、街道）")),
    ("县发改局、园区管委会、高新区分局", reading("", "县发改局 园区管委会 高新区分局")),
    ("省有关部门按职责分工负责", reading(open="省有关部门")),
    ("国务院各部门分别负责", reading(open="国务院各部门")),
    ("财政部、海关总署、国家数据局、证监会负责", reading("", "财政部 海关总署 国家数据局 证监会")),
    ("★县一中、县林场、县农商行、经开区", reading("县一中", "县林场 县农商行 经开区")),
    ("★县住建局等10个部门", reading("县住建局", open="等10个部门")),
    ("★县住建局、各区、县级市", reading("县住建局", open="各区 县级市")),
    ("★县住建局、各县（市、区）人民政府", reading("县住建局", open="各县（市、区）人民政府")),
    ("★县住建局、各区（县）", reading("县住建局", open="各区（县）")),
    ("★县住建局、各镇人民政府、街道办事处", reading("县住建局", open="各镇人民政府 街道办事处")),
    ("★县发改、住建、财政局", reading("县发改局", "县住建局 县财政局")),
    ("★县发改局、市、县住建局", reading("县发改局", "市住建局 县住建局")),
    (
        "县住建局牵头，县发改局、县财政局等按职责分工负责",
        reading("县住建局", "县发改局 县财政局", open="等"),
    ),
    ("★县住建局、县发改局等县直部门", reading("县住建局", "县发改局", open="等县直部门")),
    ("★县住建局及相关部门", reading("县住建局", open="相关部门")),
    ("★县工改办及相关部门", reading("县工改办", open="相关部门")),
    ("县教育和体育局等相关部门", reading("", "县教育和体育局", open="等相关部门")),
    ("★县工改办、相关县直部门", reading("县工改办", open="相关县直部门")),
    ("★县工改办、县直相关单位", reading("县工改办", open="县直相关单位")),
    ("★县住建局、各乡镇", reading("县住建局", open="各乡镇")),
    ("★县住建局、各乡镇（街道）", reading("县住建局", open="各乡镇（街道）")),
    ("★县住建局，各乡镇人民政府、各有关部门", reading("县住建局", open="各乡镇人民政府 各有关部门")),
    ("★县住建局等相关部门和各乡镇", reading("县住建局", open="等相关部门 各乡镇")),
    ("县住建局牵头，各成员单位配合", reading("县住建局", open="各成员单位")),
    ("县工改领导小组成员单位", reading(open="县工改领导小组成员单位")),
    ("★县住建局、水电气等公用事业单位", reading("县住建局", open="水电气等公用事业单位")),
    ("★县住建局、水、电、气等公用事业单位",
     reading("县住建局", open="水、电、气等公用事业单位")),
    ("★县住建局、供水、供电和供气等企业", reading("县住建局", open="供水、供电和供气等企业")),
    ("各行业主管部门", reading(open="各行业主管部门")),
    ("县医院、乡镇卫生院", reading("", "县医院", open="乡镇卫生院")),
    ("各村（社区）、示例镇中心小学", reading("", "示例镇中心小学", open="各村（社区）")),
    ("供销社、各专委会", reading("", "供销社", open="各专委会")),
    ("市司法局、各行政执法部门", reading("", "市司法局", open="各行政执法部门")),
    ("各处室、局属各单位、各委室", reading(open="各处室 局属各单位 各委室")),
    ("省公安厅，各市、州、县人民政府", reading("", "省公安厅", open="各市、州、县人民政府")),
    ("市公安局，各县、市（区）人民政府", reading("", "市公安局", open="各县、市（区）人民政府")),
    ("县公安局，各乡镇、县政府", reading("", "县公安局 县政府", open="各乡镇")),
    ("县住建局、示例街道办", reading("", "县住建局 示例街道办")),
    ("★县住建局、各乡镇（街道、园区）", reading("县住建局", open="各乡镇（街道、园区）")),
    ("★县住建局、各镇（街道）人民政府（办事处）",
     reading("县住建局", open="各镇（街道）人民政府（办事处）")),
    ("★县住建局、各区〔市、县〕政府、各县市", reading("县住建局", open="各区〔市、县〕政府 各县市")),
    ("县住建局牵头，各乡镇、街道、园区配合", reading("县住建局", open="各乡镇 街道 园区")),
    ("★县住建局，各乡镇、村（社区）", reading("县住建局", open="各乡镇 村（社区）")),
    ("县政府有关部门、州直相关单位、县直各部门各单位",
     reading(open="县政府有关部门 州直相关单位 县直各部门各单位")),
    ("县住建局、县发改局等部门和单位按职责分工负责",
     reading("", "县住建局 县发改局", open="等部门和单位")),
    ("县住建局牵头，会同县发改局、县财政局等",
     reading("县住建局", "县发改局 县财政局", open="等")),
    ("县属国有企业、各金融机构、属地乡镇", reading(open="县属国有企业 各金融机构 属地乡镇")),
    # other units
    ("★县妇联、县残联、县科协、县工商联、县社科联",
     reading("县妇联", "县残联 县科协 县工商联 县社科联")),
    ("县政协办公室、县纪委监委机关、州委编办",
     reading("", "县政协办公室 县纪委监委机关 州委编办")),
    ("城关镇、示例乡、示例街道、示例高新区", reading("", "城关镇 示例乡 示例街道 示例高新区")),
    ("县委依法治县办、示例大学、县第一中学", reading("", "县委依法治县办 示例大学 县第一中学")),
    ("国家税务总局岳阳县税务局", reading("", "国家税务总局岳阳县税务局")),
    ("县公安局交警大队、县自然资源局不动产登记中心",
     reading("", "县公安局交警大队 县自然资源局不动产登记中心")),
    ("县委县直机关工委、县人民政府办公室", reading("", "县委县直机关工委 县人民政府办公室")),
    ("应急局、商务局、交通局", reading("", "应急局 商务局 交通局")),
    ("县城市管理局、县交通运输局", reading("", "县城市管理局 县交通运输局")),
    ("荣家湾镇、县供电公司", reading("", "荣家湾镇 县供电公司")),
    ("市生态环境局岳阳县分局", reading("", "市生态环境局岳阳县分局")),
    ("县住建局、县发改局，县城管局、县水利局配合",
     reading("", "县住建局 县发改局", "县城管局 县水利局", "")),
    ("县水利局主办，县卫健委、县委编办会办", reading("县水利局", "", "县卫健委 县委编办")),
    ("县水利局主办，县委政法委会办", reading("县水利局", "", "县委政法委")),
    ("县甲局牵头制定方案，确保落地", reading("县甲局")),
    ("县安委会办主办，县残联会办公室会办", reading("县安委会办", "", "县残联会办公室")),
    ("你局、县住建局、各产业园", reading("", "县住建局", "", "你局 各产业园")),
    ("市甲局牵头，各县、区人民政府（管委会）、各县〔市、区〕安委会参与",
     reading("市甲局", open="各县、区人民政府（管委会） 各县〔市、区〕安委会")),
    ("团县委、县政府办，共青团县委、县政府", reading("", "团县委 县政府办 共青团县委 县政府")),
    ("县妇联、团委、工会", reading("", "县妇联 县团委 县工会")),
    ("县人大、县委宣传部", reading("", "县人大 县委宣传部")),
    ("县甲局，甲县、乙镇党委和政府；甲示范区、乙开发区党工委和管委会",
     reading("", "县甲局 甲县党委 甲县政府 乙镇党委 乙镇政府 "
             "甲示范区党工委 甲示范区管委会 乙开发区党工委 乙开发区管委会")),
    ("各县（市、区）党委和人民政府，高新区党工委、管委会",
     reading("", "高新区党工委 高新区管委会", open="各县（市、区）党委和人民政府")),
    ("市甲局牵头，各区政府（含甲开发区管委会）、县乙局（含县丙中心）配合",
     reading("市甲局", "", "甲开发区管委会 县乙局 县丙中心", "各区政府")),
    ("省委农办（省农业农村厅）、县委网信办（县互联网信息办公室）", reading("", "省委农办 县委网信办")),
    ("体卫艺司牵头，基础司、各司局配合", reading("体卫艺司", "", "基础司", "各司局")),
    ("国家统计局县调查队、中储粮直属库、县粮库", reading("", "国家统计局县调查队 中储粮直属库 县粮库")),
    ("县教育局（业主）、县城投公司（代建）", reading("", "县教育局 县城投公司")),
    ("县文联、作协", reading("", "县文联 县作协")),
    ("市委宣传部，各县（市、区）党委和政府、项目所在地乡镇",
     reading("", "市委宣传部", open="各县（市、区）党委和政府 项目所在地乡镇")),
    ("各市、县〔区〕人民政府", reading(open="各市、县〔区〕人民政府")),
    ("市安委会有关成员单位、其余各单位、乡镇（街道）",
     reading(open="市安委会有关成员单位 其余各单位 乡镇（街道）")),
    ("各街道办、各群团组织、各民主党派", reading(open="各街道办 各群团组织 各民主党派")),
    ("县污水处理厂、住房公积金管理中心示例管理部",
     reading("", "县污水处理厂 住房公积金管理中心示例管理部")),
    ("县住建局★　县发改局", reading("县住建局", "县发改局")),
    ("县住建局牵头 甲镇人民政府配合", reading("县住建局", "", "甲镇人民政府")),
    ("县市场监管局联合县公安局负责", reading("", "县市场监管局 县公安局")),
    ("市生态环境局示例分局、住建局", reading("", "市生态环境局示例分局 住建局")),
    ("县住建局联合执法大队、县住建局协同创新中心", reading("", "县住建局联合执法大队 县住建局协同创新中心")),
    ("人民银行县支行", reading("", "人民银行县支行")),
    # 联合 before a name, none of it; 和 of a name; what begins another unit ends the one before
    ("区甲局牵头，联合区乙局、甲镇、产业园区管委会", reading("区甲局", "区乙局 甲镇 产业园区管委会")),
    ("县甲局牵头抓总 县乙局，和平街道与区丙局", reading("县甲局", "县乙局 和平街道 区丙局")),
    ("县农业农村和水利局、甲镇党委政府", reading("", "县农业农村和水利局 甲镇党委 甲镇政府")),
    ("穗州、鹏州市政府", reading("", "穗州市政府 鹏州市政府")),
    ("全系统各单位、属地、事权单位、局各股室、等有关方面",
     reading(open="全系统各单位 属地 事权单位 局各股室 等有关方面")),
    ("区二中以及区甲局", reading("", "区二中 区甲局")),
    ("街道综治科和派出所", reading("", "街道综治科 派出所")),
    ("市甲局，各区〔县、市〕政府、开发园区管委会",
     reading("", "市甲局", open="各区〔县、市〕政府 开发园区管委会")),
    ("县甲局：制定方案；\n县乙局：落实资金", reading("", "县甲局 县乙局")),
    ("县甲局牵头 县乙办，各镇配合", reading("县甲局", "", "县乙办", open="各镇")),
    ("示例园区党工委/管委会、整治办", reading("", "示例园区党工委 示例园区管委会 整治办")),
    ("市甲局、国税局、地方税务局", reading("", "市甲局 市国税局 市地方税务局")),
]  # fmt: skip

# Each is quoted whole as not understood.
UNREAD = [
    "★",
    "张三",
    "我局",
    "市县住建局",
    "县四套班子办公室",
    "村支两委",
    "本单位",
    "县委编办催办",
    "建设县中医院",
    "县住建局〔建管科〕",
    "县住建局或县发改局",
    "县住建局县发改局",
    "市住建局市发改委",
    "示例海关市商务局",
    "县委宣传部人民银行示例县支行",
    "甲街道示例街道",
    "建设管理股示例防御股",
    "住建局发改局",
    "县水务公司市住建局",
    "县文联教育局",
    "市生态环境局示例分局县安委办",
    "县创建办商中国移动示例分公司",
    "海关总署并市自然资源局",
    "县委党校指导市场监督管理局实施",
    "县财政局（原体育局）",
    "县财政局（或体育局）",
    "原财政局",
    "第1项县财政局",
    "县教育和县体育局",
    "工改办和住建局",
    "县委和县政府督查室",
    "县政府和社会资本合作中心",
    "县建筑业协会同县住建局",
    "县住建局和其他",
    "县住建局和县发改局（牵头）",
    "★县住建局（配合）",
    "县住建局（牵头（负责））",
    "县住建局负责人",
    "县公安局 交警大队",
    "派出所工商质监所",
    "县甲学校创办",
    "县停办",
    "会后以政府办",
    "张三 住建局",
    "县甲局 人民法院",
    "★县甲局 建设街道",
    "最迟十月29日前出台",
    "全面落实市政府部署",
    "完善政府",
    "将示例项目纳入省甲委储备库",
    "工业园区和区甲局",
    "张三 县住建局",
    "不得办",
    "认真履行政府",
    "委托办成普惠性民办",
    "统筹城乡",
    "特色小镇",
    "相关单位负责人",
    "打★为牵头单位",
    "报县政府办",
    "同意县住建局",
    "于4月10日前报县政府",
    "从县发改局",
    "此项工作由县人社局",
    "加强部门和社会",
    "组成联合执法组",
    "县甲局修缮示例馆",
    "建成示例学校",
    "成立示例工作专班",
    "召开示例发布会",
    "市甲局（省乙局）",
    "示例一次办",
]

DOUBTFUL = [
    ("县城市更新局、国资监管委，市民营局、城管委",
     reading("", "县城市更新局 县国资监管委 市民营局", "", "", f"“城管委”：{LEVEL_UNCLEAR}")),
    ("文化站 派出所工商质监所",
     reading("", "文化站", "", "", f"“派出所工商质监所”：{DOES_NOT_READ}")),
    ("推行“一窗”办", reading("", "", "", "", f"“推行“一窗”办”：{DOES_NOT_READ}")),
    ("县甲局负责（1）（2），县乙局负责第3项",
     reading("", "", "", "", f"“县甲局负责（1）（2）”：{DOES_NOT_READ}", f"“县乙局负责第3项”：{DOES_NOT_READ}")),
    ("县甲局负责检查，质安股", reading("", "质安股", "", "", f"“县甲局负责检查”：{DOES_NOT_READ}")),
    ("", reading("", "", "", "", "责任单位一栏是空的")),
    (" \n", reading("", "", "", "", "责任单位一栏是空的")),
    ("县甲局（乙办、丙办）", reading("", "", "", "", f"“县甲局（乙办、丙办）”：{DOES_NOT_READ}")),
    ("县住建局、另行通知", reading("", "县住建局", "", "", f"“另行通知”：{DOES_NOT_READ}")),
    ("县甲局牵头，6月底前建成示例平台", reading("县甲局", "", "", "", f"“6月底前建成示例平台”：{DOES_NOT_READ}")),
    ("县自然资源\n局",
     reading("", "", "", "", f"“县自然资源”：{DOES_NOT_READ}", f"“局”：{DOES_NOT_READ}")),
    ("县甲局牵头会同县乙局制定方案，县丙局配合落实",
     reading("县甲局", "", "县丙局", "", f"“会同县乙局制定方案”：{DOES_NOT_READ}")),
    ("乙县、丙县财政局", reading("", "丙县财政局", "", "", f"“乙县”：{DOES_NOT_READ}")),
    ("县、县发改局", reading("", "县发改局", "", "", f"“县”：{DOES_NOT_READ}")),
    ("移动、电信三家分公司", reading("", "电信三家分公司", "", "", f"“移动”：{DOES_NOT_READ}")),
    ("单位县委、县政府", reading("", "县政府", "", "", f"“单位县委”：{DOES_NOT_READ}")),
    ("县甲局、办公室办公室", reading("", "县甲局", "", "", f"“办公室办公室”：{DOES_NOT_READ}")),
    ("县甲局牵头、等相关部门牵头、等相关部门牵头",
     reading("县甲局", "", "", "等相关部门", "“等相关部门”：写了不止一次")),
    ("全县、城区", reading("", "", "", "", f"“全县”：{DOES_NOT_READ}", f"“城区”：{DOES_NOT_READ}")),
    ("公安、县住建局", reading("", "县住建局", "", "", f"“公安”：{DOES_NOT_READ}")),
    ("县住建局（质安站）、县发改局",
     reading("", "县发改局", "", "", f"“县住建局（质安站）”：{DOES_NOT_READ}")),
    ("★县住建局、▲县发改局",
     reading("", "", "", "", "“★县住建局、▲县发改局”：同时用了▲、★几种标记，看不出各表示什么")),
    ("县住建局（牵头、县发改局",
     reading("", "", "", "", "“县住建局（牵头、县发改局”：括号不成对")),
    ("县住建局）、县发改局（",
     reading("", "", "", "", "“县住建局）、县发改局（”：括号不成对")),
    ("责任领导：张三",
     reading("", "", "", "",
             "“责任领导：”：看不出是哪一类单位", "“张三”：前面的“责任领导：”看不出是哪一类单位")),
    ("牵头单位：县住建局；县发改局",
     reading("县住建局", "", "", "", "“县发改局”：看不出是否也属于“牵头单位：”")),
    ("牵头单位：县住建局\n县发改局、县水利局",
     reading("县住建局", "", "", "",
             "“县发改局”：看不出是否也属于“牵头单位：”",
             "“县水利局”：看不出是否也属于“牵头单位：”")),
    ("牵头单位：；责任单位：县住建局",
     reading("", "县住建局", "", "", "“；”：前面没有单位", "“牵头单位：”：后面没有单位")),
    ("县住建局；牵头单位：", reading("", "县住建局", "", "", "“牵头单位：”：后面没有单位")),
    ("牵头单位：★县住建局、县发改局",
     reading("县住建局", "", "", "", "“县发改局”：按文字是牵头单位，却没有像别处那样打标记")),
    ("牵头单位：县住建局（配合）",
     reading("", "", "", "", "“县住建局（配合）”：写在牵头单位之下，却另有说法")),
    ("配合单位：★县住建局",
     reading("", "", "", "", "“★县住建局”：写在配合单位之下，却另有说法")),
    ("★县住建局配合", reading("", "", "", "", "“★县住建局配合”：标记与“配合”互相矛盾")),
    ("县住建局，县发改局牵头",
     reading("", "", "", "", "“县住建局，县发改局牵头”：看不出“牵头”管到哪一个单位")),
    ("县住建局，县发改局，县城管局配合",
     reading("", "", "", "", "“县住建局，县发改局，县城管局配合”：看不出“配合”管到哪一个单位")),
    ("县住建局牵头\n县发改局\n县城管局配合",
     reading("县住建局", "", "", "", "“县发改局\n县城管局配合”：看不出“配合”管到哪一个单位")),
    ("县住建局（牵头）、县发改局、县城管局（配合）",
     reading("县住建局", "", "县城管局", "", "“县发改局”：看不出后面括号里的“配合”是否也管这里")),
    ("县住建局、县发改局配合",
     reading("", "", "县住建局 县发改局", "", "除配合单位外，没有写明具体的牵头单位或责任单位")),
    ("由县住建局、县发改局",
     reading("", "", "", "", "“由县住建局、县发改局”：“由”之后没有写牵头、负责或配合")),
    ("★各乡镇、县住建局",
     reading("", "县住建局", "", "各乡镇", "“★各乡镇”：牵头单位没有写明是哪一个")),
    ("★县住建局、县发改局、县发改局",
     reading("县住建局", "县发改局", "", "", "“县发改局”：写了不止一次")),
    ("县委常委", reading("", "", "", "", f"“县委常委”：{DOES_NOT_READ}")),
    ("2.县甲局；3.县乙局",
     reading("", "", "", "", f"“2.县甲局”：{DOES_NOT_READ}", f"“3.县乙局”：{DOES_NOT_READ}")),
    ("县委、县政府督查室",
     reading("", "", "", "",
             "“县委”：看不出是一个机关，还是与后面合写的内设机构",
             "“县政府督查室”：看不出是一个机关，还是与前面合写的内设机构")),
    ("牵头单位：县住建局；配合单位：县住建局",
     reading("县住建局", "", "", "", "“县住建局”：写了不止一次")),
    ("人民政府", reading("", "", "", "", f"“人民政府”：{DOES_NOT_READ}")),
    ("国有重点林场", reading("", "", "", "", f"“国有重点林场”：{DOES_NOT_READ}")),
    ("责任单位：县住建局、县住建局", reading("", "县住建局", "", "", "“县住建局”：写了不止一次")),
    ("★县住建局、县住建局", reading("县住建局", "", "", "", "“县住建局”：写了不止一次")),
    ("县住建局、", reading("", "县住建局", "", "", "“、”：后面没有单位")),
    ("、县住建局", reading("", "县住建局", "", "", "“、”：前面没有单位")),
    ("县住建局、，县发改局",
     reading("", "县住建局 县发改局", "", "", "“、，”：连着写了几个分隔符号")),
]  # fmt: skip


def test_a_row_of_spellings_changes_only_cells_that_have_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Seen from the table without it: each row changes a cell here, and none in which its words don't stand."""
    rows = unit_pieces._SPELLINGS
    whole = {cell: unit_pieces.spelled_out(cell) for cell, _ in UNDERSTOOD + DOUBTFUL}
    for row in rows:
        _, pattern, _ = row
        monkeypatch.setattr(unit_pieces, "_SPELLINGS", tuple(each for each in rows if each != row))
        without = {cell: unit_pieces.spelled_out(cell) for cell in whole}
        changed = [cell for cell in whole if without[cell] != whole[cell]]
        assert changed, pattern.pattern
        assert [cell for cell in changed if not pattern.search(cell)] == [], pattern.pattern


TABLES = """
_CLOSED_END _FULL_END _SHORT_END _PEOPLE_END _PLACE_END _LONG_END _SUBORDINATE_END _SCHOOL_OR_FIRM _NO_UNIT_END
_NEVER_INSIDE _DEEDS _NEVER_FIRST _SIGN _QUALIFIER _NOUN _REGION _RULED_BY _UTILITY
""".split()
"""The tables of the lexicon: alternatives of a pattern."""


def lexicon_with(table: str, words: str) -> dict[str, object]:
    """The lexicon as it would be with other words in a table."""
    tree = ast.parse(Path(unit_lexicon.__file__).read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == table:
            node.value = ast.copy_location(ast.Constant(words), node.value)
    made: dict[str, object] = {}
    exec(compile(tree, unit_lexicon.__file__, "exec"), made)
    return made


@pytest.mark.parametrize("table", TABLES)
def test_a_word_changes_only_cells_that_have_it(
    table: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Seen from the lexicon without every other word of a table; the others stand there in reverse."""
    words = re.split(r"\|(?![^(]*\))", getattr(unit_lexicon, table))
    gone = {word for word in words[::2] if word.isalpha()}
    cells = [text for text, _ in UNDERSTOOD + DOUBTFUL if not any(word in text for word in gone)]
    before = [read_units(cell) for cell in cells]
    made = lexicon_with(table, "|".join(word for word in reversed(words) if word not in gone))
    for module in (units, unit_pieces):
        for name in made.keys() & {n for n in vars(module) if hasattr(unit_lexicon, n)}:
            if callable(made[name]):
                monkeypatch.setattr(module, name, made[name])
    assert gone
    assert len(cells) > 9
    assert [read_units(cell) for cell in cells] == before


def test_cells() -> None:
    expected = dict(UNDERSTOOD + DOUBTFUL)
    assert {text: read_units(text) for text in expected} == expected


def test_unread_cells() -> None:
    assert {text: read_units(text) for text in UNREAD} == {
        text: UnitsReading(doubts=(f"“{text}”：{DOES_NOT_READ}",)) for text in UNREAD
    }


def test_a_name_that_looks_like_none_is_told_and_read_once_it_is_known() -> None:
    text = "★质安处、办公室、财务处"
    unknown = read_units(text).unknown
    assert unknown == ("质安处", "办公室", "财务处")
    assert read_units(text, frozenset(unknown)) == reading("质安处", "办公室 财务处")
    assert read_units("适时、另行通知、请各单位抓紧").unknown == ("适时", "另行通知")
    assert not read_units("各乡镇，县甲局指导").unknown


def test_understood_cells_have_no_doubt() -> None:
    assert [text for text, expected in UNDERSTOOD if expected.doubts] == []
    assert [text for text, expected in DOUBTFUL if not expected.doubts] == []


def notice_cells() -> list[str]:
    rows = [line.split("\t") for line in NOTICE.read_text(encoding="utf-8").splitlines()]
    return [row[3] for row in rows if len(row) == 5 and row[0] != "序号"]


def test_every_cell_of_the_notice_is_understood() -> None:
    for text in notice_cells():
        result = read_units(text)
        assert (text, result.doubts) == (text, ())
        assert nothing_dropped(text, result)
        assert list(result.lead) == re.findall("★([^★、，等及]+)", text)
    assert len(notice_cells()) == 25


# Words of the grammar itself; all else of a cell must be found in the reading.
GRAMMAR = (
    "按职责分工负责|按职责负责|为牵头责任单位|牵头责任单位|责任牵头单位|配合责任单位|责任配合单位|"
    "为牵头单位|为责任单位|为配合单位|牵头负责|牵头落实|共同牵头|联合牵头|共同负责|分别负责|具体负责|"
    "积极配合|共同配合|牵头单位|责任单位|配合单位|牵头部门|责任部门|配合部门|主办单位|承办单位|落实单位|"
    "实施单位|协办单位|协助单位|参与单位|参加单位|牵头|负责|责任|配合|主办|协助|协办|参与|参加|"
    "以及|会同|和|及|与|由|"
    "分别牵头|主责|协同配合|"
    "牵头办公室|负责单位|负责办公室|配合办公室|参与办公室"
)
GRAMMAR_WORDS = (*GRAMMAR.split("|"), *"、，,；;。/／：:★☆▲*＊（）()［］[]【】〔〕")


def nothing_dropped(text: str, result: UnitsReading) -> bool:
    """Whether ``text`` is made of the reading's names, bodies and quotations, each used once, and the grammar.

    Blanks don't count, nor does the place that a name has from the one before it (体育局 of 县体育局, 县政府 of 甲县政府).
    Below another heading a name may be written again.
    """
    text = without_blanks(text)
    quoted = [doubt.rpartition("”：")[0][1:] for doubt in result.doubts]
    seconds = [second for _, second in result.second]
    named = [*result.names, *result.open, *seconds]
    named += result.names if re.search("[：:]", text) else ()
    ends = [[name[at:] for at in range(4)] for name in map(without_blanks, named)]
    written = [next(filter(text.__contains__, each), "") for each in ends]

    @cache
    def made(at: int, parts: tuple[str, ...]) -> bool:
        if at == len(text):
            return True
        here = [part for part in dict.fromkeys(parts) if part and text.startswith(part, at)]
        words = [word for word in GRAMMAR_WORDS if text.startswith(word, at)]
        return any(made(at + len(part), without(parts, part)) for part in here) or any(
            made(at + len(word), parts) for word in words
        )

    return made(0, tuple(sorted([*map(without_blanks, quoted), *written])))


def without_blanks(text: str) -> str:
    return "".join(text.split())


def without(parts: tuple[str, ...], part: str) -> tuple[str, ...]:
    index = parts.index(part)
    return parts[:index] + parts[index + 1 :]


PARTS = (
    "县住建局|县发改局|县教育和体育局|县工改办|园区管委会|县委|县政府|张三|局|县|和|及|与|会同|以及|由|等|"
    "相关部门|等相关部门|各乡镇|水电气等公用事业单位|水|电|牵头|配合|负责|参与|牵头单位|责任单位|配合单位|"
    "单位|★|▲|*|，|、|；|。|：|:|（|）|(|)|（牵头）|（配合）|（★）|（街道）|或|中心|办公室| |\n|\u3000"
)
cells = st.lists(st.sampled_from(PARTS.split("|")), max_size=14).map("".join)


@given(cells | st.text(max_size=40))
@example("牵头单位")
@example("牵头单位：单位")
@example("县住建局，，")
@example("县住建局\n（街道）")
@example("县、县发改局")
@example("县、县发改局；县、县发改局")
@example("单位县委、县政府")
@example("电县委与县政府")
@example("县\n配合 局由；县发改局")
@example("水电气等公用事业单位*、单位")
@example("县教育和体育局等相关部门，和、单位")
@example("县工改办等相关部门以及办公室办公室")
@example("县发改局 *办公室与办公室与水电气等公用事业单位")
@example("县工改办等相关部门牵头、等相关部门牵头")
@example("负责办公室　县委，★县委")
@example("县住建局责任单位：县住建局")
@example("相关部门单位：县工改办办公室，水电气等公用事业单位：")
@example("各乡镇配合张三；园区管委会配合办公室")
@example("县发改局:水（★）；县教育和体育局牵头参与（牵头）")
def test_no_word_is_dropped(text: str) -> None:
    result = read_units(text)
    assert nothing_dropped(text, result)


@given(cells | st.text(max_size=40))
@example("相关部门和相关部门牵头")
def test_names_stand_in_one_list_once(text: str) -> None:
    result = read_units(text)
    named = [*result.lead, *result.responsible, *result.support, *result.open]
    assert [name for name, times in Counter(named).items() if times > 1] == []
    assert all(name == name.strip() != "" for name in named)


names = st.lists(
    st.sampled_from(
        ["县住建局", "县发改局", "县教育和体育局", "县工改办", "园区管委会", "县公安局交警大队"]
    ),
    unique=True,
    min_size=2,
    max_size=6,
)


@given(names, st.data())
def test_what_is_written_is_read(units: list[str], data: st.DataObject) -> None:
    leads = data.draw(st.integers(1, len(units)))
    separator = data.draw(st.sampled_from(["、", "，", ",", "；", ";", "\n", " 、 ", "、\n"]))
    written = separator.join(["★" + name for name in units[:leads]] + units[leads:])
    assert read_units(written) == UnitsReading(tuple(units[:leads]), tuple(units[leads:]))
    listed = f"牵头单位：{'、'.join(units[:1])}；配合单位：{'、'.join(units[1:])}"
    assert read_units(listed) == UnitsReading(tuple(units[:1]), support=tuple(units[1:]))


@pytest.mark.parametrize(
    "text", ["（" * 20_000, "★" * 20_000, "等" * 3_000, "和" * 20_000, " " * 100_000]
)
def test_long_nonsense_is_only_a_doubt(text: str) -> None:
    result = read_units(text)
    assert result == UnitsReading(doubts=result.doubts)
    assert result.doubts
