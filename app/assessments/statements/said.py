"""What one statement holds, in its proper shape: who, in which relation, the words, and a signature drawn by hand."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.core.errors import Refusal
from app.core.strokes import Strokes, check_drawn
from app.residents.rules import tidy

AGREE, REFUSE, DOUBT, INFORMANT, ASSESSOR, CARE = "agree", "refuse", "doubt", "informant", "assessor", "care"
TITLES = {
    AGREE: "同意评估结果",
    REFUSE: "不同意评估结果",
    DOUBT: "有疑问，申请复评",
    INFORMANT: "信息提供者签名",
    ASSESSOR: "评估人员不同意见",
    CARE: "照护建议处理",
}
"""By `what` of a statement, as screens and sheets call it."""
NEEDS_WORDS = {
    REFUSE: "请写明为什么不同意",
    DOUBT: "请写明对哪里有疑问",
    ASSESSOR: "请写明不同的意见",
}
LONGEST_NAME, LONGEST_RELATION, LONGEST_WORDS = 40, 20, 500


@dataclass(frozen=True)
class Said:
    """One statement: `name` and `relation` of who makes it (本人, 女儿 …), `words`, and `drawn` where it was signed."""

    name: str
    relation: str = ""
    words: str = ""
    drawn: Strokes = ()


def check_said(what: str, said: Said) -> Said:
    """The statement in its proper shape; refuses, beside its field, what is missing, too long, or drawn outside."""
    name, relation, words = tidy(said.name), tidy(said.relation), said.words.strip()
    if not name:
        raise Refusal("请填写姓名。", field="name")
    if not relation:
        raise Refusal("请填写与老人的关系。", field="relation")
    if not words and what in NEEDS_WORDS:
        raise Refusal(f"{NEEDS_WORDS[what]}。", field="words")
    for text, longest, label, field in (
        (name, LONGEST_NAME, "姓名", "name"),
        (relation, LONGEST_RELATION, "关系", "relation"),
        (words, LONGEST_WORDS, "内容", "words"),
    ):
        if len(text) > longest:
            raise Refusal(f"{label}最多 {longest} 个字，现在 {len(text)} 个。", field=field)
    check_drawn(said.drawn)
    return replace(said, name=name, relation=relation, words=words)
