"""The guarded button, under the name it has in the residents' screens; it stands among the pieces."""

from ui.kit.guarded import GuardedButton

__all__ = ["GuardedButton"]
