"""The contract and the home bed in a resident's chart."""

from __future__ import annotations

from datetime import timedelta

from app.referrals.contracts import DeliverService
from tests.app.referrals.bedded import opened
from tests.app.referrals.contracted import page, signed
from tests.app.referrals.house import DAY, Desk
from tests.ui.referrals.room import hit, standing_at, until
from ui.kit.words import Fact
from ui.referrals.contract_chart import ContractCard


def said(fact: Fact) -> str:
    return fact.accessibleName()


async def test_whoever_has_none_is_a_key_away_from_signing(desk: Desk) -> None:
    async with standing_at(desk, "chart", {"resident": desk.li}) as (stage, view):
        card = view.findChild(ContractCard)
        await until(lambda: card.page is not None)
        assert card.none.isVisibleTo(card)
        assert not card.bedded.isVisibleTo(card)
        hit(stage, view, "y")
        await until(lambda: stage.place == "contracts")


async def test_the_card_says_what_is_due_next_and_what_is_late(desk: Desk) -> None:
    signed(desk)
    async with standing_at(desk, "chart", {"resident": desk.li}) as (_stage, view):
        card = view.findChild(ContractCard)
        await until(lambda: card.page is not None)
        assert card.doctor.text().startswith("陈永康")
        stand = page(desk).stand
        assert stand is not None
        day, first = stand.coming[0]
        assert day < DAY
        assert f"{first.words}　迟 {(DAY - day).days} 天" in said(card.next)
        before = said(card.done)
        desk.do(DeliverService(stand.seen.rid, first.code, provider="陈永康", result="平稳"))
        await until(lambda: said(card.done) != before)


async def test_the_home_bed_stands_below_with_its_next_round(desk: Desk) -> None:
    opened(desk, on=DAY - timedelta(days=10))
    async with standing_at(desk, "chart", {"resident": desk.li}) as (stage, view):
        card = view.findChild(ContractCard)
        await until(lambda: card.bed is not None)
        assert card.bedded.isVisibleTo(card)
        assert "迟" in said(card.bed_next)
        assert card.bed is not None
        bed = card.bed.seen.rid
        card.open_bed.click()
        await until(lambda: stage.place == "home-beds")
        there = stage.frame.pages.view
        await until(lambda: there.page is not None and there.page.line.seen.rid == bed)
