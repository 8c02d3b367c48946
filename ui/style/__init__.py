"""The look: colour tokens, type, style sheet, icons, fonts.

    look.apply(app, dark=False, scale=1.0)     dress the program (again at run time to switch)
    look.colour("danger.text")                 QColor of a token, asked for while painting
    look.font(Role.CARD_TITLE)  look.sp(36)    fonts and sizes at the person's text size
    look.set_icon(button, "plus", 18, "text2") a drawing on a button that follows the theme
    look.pixmap("pill", 20, "text2", ratio)    a drawing for a painter

Fusion, one style sheet and painters, nothing native: the same on every system and at every device ratio. No
QGraphicsEffect (slow, blurred at 150 %), no `::item` rules on tables (four times slower to scroll).
"""

from ui.style import look
from ui.style.tokens import Theme, Tone
from ui.style.type_scale import Role

__all__ = ["Role", "Theme", "Tone", "look"]
