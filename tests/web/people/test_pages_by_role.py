"""Who leads one unit finds no other (tests/web/roles has every role at every page)."""

from __future__ import annotations

from django.urls import reverse

UNIT = ["riga"]


def test_manager_of_another_unit_does_not_find_this_one(charlie, as_member) -> None:
    answer = as_member(charlie).get(reverse("unit", args=UNIT))

    assert answer.status_code == 404


def test_tree_of_a_unit_manager_holds_the_own_subtree_alone(riga_manager, as_member) -> None:
    page = as_member(riga_manager).get(reverse("units")).content.decode()

    assert "Riga" in page
    assert not any(name in page for name in ("North", "Tartu", "South", "Vilnius"))
