"""The tree of territories."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import TerritoryUnknown, TreeBroken, TreeFault
from domain.territory import Territory, TerritoryKind, Tree

REGION = Territory(1, None, TerritoryKind.REGION, {"kk": "Түркістан облысы"})
CITY = Territory(2, 1, TerritoryKind.CITY, {"kk": "Түркістан қ.", "ru": "г. Туркестан"})
DISTRICT = Territory(3, 1, TerritoryKind.DISTRICT, {"kk": "Сауран ауданы"})
VILLAGE = Territory(4, 3, TerritoryKind.VILLAGE, {"kk": "Шорнақ"})
CAPITAL = Territory(5, None, TerritoryKind.CITY, {"kk": "Астана"})
TREE = Tree([REGION, CITY, DISTRICT, VILLAGE, CAPITAL])


def place(territory_id: int, parent_id: int | None) -> Territory:
    return Territory(territory_id, parent_id, TerritoryKind.VILLAGE, {"kk": f"№ {territory_id}"})


@st.composite
def trees(draw: st.DrawFn) -> Tree:
    parents = [
        draw(st.none() | st.integers(0, index - 1)) if index else None
        for index in range(draw(st.integers(1, 15)))
    ]
    rows = [place(index, parent) for index, parent in enumerate(parents)]
    return Tree(draw(st.permutations(rows)))


def test_only_what_holds_nothing_is_a_leaf() -> None:
    assert [territory.id for territory in TREE if TREE.is_leaf(territory.id)] == [2, 4, 5]


def test_a_path_leads_from_the_root_down() -> None:
    assert TREE.path(4) == (REGION, DISTRICT, VILLAGE)
    assert TREE.path(5) == (CAPITAL,)


def test_roots_and_children_keep_the_order_of_the_rows() -> None:
    assert TREE.roots() == (REGION, CAPITAL)
    assert TREE.children(1) == (CITY, DISTRICT)
    assert TREE.children(4) == ()


def test_rights_reach_the_territory_itself_and_what_lies_in_it() -> None:
    assert [each.id for each in TREE if TREE.covers(1, each.id)] == [1, 2, 3, 4]
    assert [each.id for each in TREE if TREE.covers(3, each.id)] == [3, 4]
    assert [each.id for each in TREE if TREE.covers(5, each.id)] == [5]


def test_queues_of_a_region_are_in_its_leaves() -> None:
    assert list(TREE.leaves(1)) == [CITY, VILLAGE]
    assert list(TREE.leaves(5)) == [CAPITAL]


def test_a_name_falls_back_to_the_first_there_is() -> None:
    assert CITY.name("ru") == "г. Туркестан"
    assert VILLAGE.name("ru") == "Шорнақ"


def test_an_unknown_territory_is_named() -> None:
    for ask in (TREE.get, TREE.path, TREE.children, TREE.is_leaf):
        with pytest.raises(TerritoryUnknown) as caught:
            ask(99)
        assert caught.value == TerritoryUnknown(99)


def test_an_unknown_ancestor_covers_nothing_and_is_named() -> None:
    with pytest.raises(TerritoryUnknown) as caught:
        TREE.covers(99, 2)

    assert caught.value == TerritoryUnknown(99)


@pytest.mark.parametrize(
    ("rows", "refusal"),
    [
        ([place(1, None), place(1, None)], TreeBroken(1, TreeFault.DUPLICATE)),
        ([place(1, None), place(2, 9)], TreeBroken(2, TreeFault.NO_SUCH_PARENT)),
        ([place(1, 1)], TreeBroken(1, TreeFault.CIRCLE)),
        ([place(1, None), place(2, 3), place(3, 2)], TreeBroken(2, TreeFault.CIRCLE)),
        ([Territory(1, None, TerritoryKind.CITY, {})], TreeBroken(1, TreeFault.NO_NAME)),
        ([Territory(1, None, TerritoryKind.CITY, {"kk": ""})], TreeBroken(1, TreeFault.NO_NAME)),
    ],
)
def test_rows_that_make_no_tree_are_refused(rows: list[Territory], refusal: TreeBroken) -> None:
    with pytest.raises(TreeBroken) as caught:
        Tree(rows)

    assert caught.value == refusal


def test_children_may_come_before_their_parent() -> None:
    assert Tree([VILLAGE, DISTRICT, REGION]).path(4) == (REGION, DISTRICT, VILLAGE)


@given(trees())
def test_a_subtree_is_exactly_what_the_territory_covers(tree: Tree) -> None:
    for territory in tree:
        covered = {each.id for each in tree if tree.covers(territory.id, each.id)}
        inside = [each.id for each in tree.subtree(territory.id)]

        assert len(inside) == len(covered)
        assert set(inside) == covered


@given(trees())
def test_every_leaf_belongs_to_exactly_one_root(tree: Tree) -> None:
    leaves = [leaf.id for root in tree.roots() for leaf in tree.leaves(root.id)]

    assert sorted(leaves) == sorted(each.id for each in tree if not tree.children(each.id))
