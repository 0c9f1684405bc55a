"""Text boxes that stand at a place of the page, whatever the text around them does."""

from dataclasses import dataclass

_EMU = 635
"""English metric units in a twip."""


@dataclass(frozen=True)
class Place:
    """Where a box stands, horizontally or vertically: ``offset`` in twips, or an alignment."""

    relative: str
    offset: int = 0
    align: str = ""

    def xml(self, name: str) -> str:
        """``wp:positionH`` or ``wp:positionV``."""
        where = (
            f"<wp:align>{self.align}</wp:align>"
            if self.align
            else f"<wp:posOffset>{self.offset * _EMU}</wp:posOffset>"
        )
        return f'<wp:{name} relativeFrom="{self.relative}">{where}</wp:{name}>'


@dataclass(frozen=True)
class Box:
    """A text box.

    ``turned``: its lines are read from top to bottom, and it keeps its size; another grows with its text, and what
    stands around it stands above and below it.
    """

    name: str
    x: Place
    y: Place
    turned: bool = False


def text_box(box: Box, width: int, height: int, content: str) -> str:
    """The run with the box; ``width`` and ``height`` in twips."""
    cx, cy = width * _EMU, height * _EMU
    wrap = "<wp:wrapNone/>" if box.turned else "<wp:wrapTopAndBottom/>"
    direction = ' vert="vert"' if box.turned else ""
    anchor, fit = ("ctr", "<a:noAutofit/>") if box.turned else ("b", "<a:spAutoFit/>")
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps">'
        '<w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" '
        'behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f"{box.x.xml('positionH')}{box.y.xml('positionV')}"
        f'<wp:extent cx="{cx}" cy="{cy}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>{wrap}'
        f'<wp:docPr id="1" name="{box.name}"/><wp:cNvGraphicFramePr/><a:graphic>'
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
        f'<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/>'
        '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln>'
        f"</wps:spPr><wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx>"
        f'<wps:bodyPr rot="0"{direction} wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="{anchor}">'
        f"{fit}</wps:bodyPr></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
        "</mc:Choice></mc:AlternateContent></w:r>"
    )
