"""Last chapter of the ability report: who answers for it; electronic 签名确认 and lines for wet ink and the seal."""

from __future__ import annotations

from app.printing.sheet import MEASURE, Cell, Ink, Row, Stack, Table, Words
from app.printing.sheets.ability_report import AbilityReport, Signer
from app.printing.sheets.ability_subject import LABEL, SHADE, SMALL, VALUE

_WIDTHS = (68.0, 128.0, 36.0, 92.0, 36.0, 55.0, MEASURE - 415.0)


def signature_table(data: AbilityReport) -> Table:
    """A row for each signer; the seal's place beside all of them. Never parted by a page break."""
    signers = data.signers or (Signer("评估员", ""),)
    seal = Stack(
        (
            Words("评估机构（盖章）", Ink("song", 10, 8), "center", lines=1),
            Words("\n" * (2 * len(signers) - 1), Ink("song", 10)),
            Words("年　　月　　日", Ink("song", 10, 8), "center", lines=1),
        )
    )
    rows = []
    for at, signer in enumerate(signers):
        cells = _signer_cells(signer)
        rows.append(Row((*cells, Cell(seal, down=len(signers))) if at == 0 else cells, 40))
    return Table(_WIDTHS, tuple(rows), together=True)


def _signer_cells(signer: Signer) -> tuple[Cell, ...]:
    ids = "　".join(filter(None, (signer.title, f"工号 {signer.number}" if signer.number else "")))
    certificate = f"证书编号 {signer.certificate}" if signer.certificate else ""
    confirmed = f"签名确认 {signer.confirmed:%Y-%m-%d %H:%M}" if signer.confirmed else ""
    marks = [Words(signer.name or "—", VALUE, lines=1)]
    marks += [
        Words(text, Ink("song", 8.5, 6.5, gray=0.2), lines=1)
        for text in (ids, certificate, confirmed)
        if text
    ]
    return (
        Cell(Words(signer.part, SMALL, "center"), shade=SHADE, pad=3),
        Cell(Stack(tuple(marks))),
        _caption("签名"),
        Cell(Words("")),
        _caption("日期"),
        Cell(Words("")),
    )


def _caption(text: str) -> Cell:
    return Cell(Words(text, LABEL, "center"), shade=SHADE, pad=2)
