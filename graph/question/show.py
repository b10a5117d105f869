"""A plan as text for people. In: a SecuredPlan. Out: one line for each column, filter and order, indented by nesting."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from graph.question.guard import Guard, SecuredPlan
from graph.question.plan.columns import (
    Aggregate,
    AggregateValue,
    AnySynthetic,
    ByLabel,
    Column,
    Computed,
    GroupCount,
    GroupKey,
    Groups,
    IsSynthetic,
    Label,
    Listing,
    Lookup,
    Page,
    Read,
    ReadKey,
    Referenced,
    Related,
    RelationshipPart,
    Row,
    ShortestPath,
    Total,
)
from graph.question.plan.nodes import (
    AllOf,
    AnyOf,
    Compare,
    CompareDates,
    CountCompare,
    CountOf,
    Exists,
    Filter,
    HasLabel,
    HasWords,
    IsNull,
    IsOf,
    Key,
    KeyValue,
    Named,
    Negation,
    OfGroup,
    OfRelated,
    Position,
    RankOf,
    Same,
    Site,
)


def show(secured: SecuredPlan) -> str:
    """Return a secured plan as text. Equal plans give equal text."""
    guards = {guard.site: guard for guard in secured.guards}
    shown = _Shown(guards, dict(secured.dates))
    lines = ["question", *_indented(shown.row(secured.plan.row)), "parameters"]
    for index, binding in enumerate(secured.plan.bindings):
        lines.append(f"  p{index} = {binding.where} ({binding.convert})")
    return "\n".join(lines) + "\n"


def _indented(lines: Iterator[str]) -> list[str]:
    return [f"  {line}" for line in lines]


@dataclass(frozen=True)
class _Shown:
    guards: dict[int, Guard] = field(hash=False)
    dates: dict[int, int] = field(hash=False)

    def row(self, row: Row) -> Iterator[str]:
        for column in row.columns:
            yield from self.column(column)

    def column(self, column: Column) -> Iterator[str]:
        if isinstance(column, Read):
            yield f"read {column.subject.value}.{column.prop.name}"
        elif isinstance(column, ReadKey):
            yield f"key {self._key(column.key)}"
        elif isinstance(column, Computed):
            yield from self._computed(column)
        elif isinstance(column, Label):
            yield "label"
        elif isinstance(column, IsSynthetic):
            yield "whether it is synthetic"
        elif isinstance(column, AnySynthetic):
            key = "" if column.key is None else f", of {self._site(column.key)}"
            yield f"whether any is synthetic of {self._site(column.listing.site)}{key}"
        elif isinstance(column, RelationshipPart):
            yield f"{column.what} of the relationship"
        elif isinstance(column, Page | Total):
            yield from self._list(column)
        elif isinstance(column, Aggregate):
            yield from self._aggregate(column)
        elif isinstance(column, ShortestPath):
            yield from self._way(column)
        elif isinstance(column, ByLabel):
            for names, row in column.rows:
                yield f"where it is {'|'.join(names)}"
                yield from _indented(self.row(row))
        else:
            yield from self._siteed(column)

    def _computed(self, column: Computed) -> Iterator[str]:
        yield f"computed {column.field}, {type(column.declared).__name__}"
        yield from (f"  {name} {' '.join(map(self._site, chain))}" for name, chain in column.chains)
        if column.row is not None:
            yield from _indented(self.row(column.row))

    def _siteed(self, column: Lookup | Related | Referenced) -> Iterator[str]:
        yield f"{self._head(column)} {self._site(column.site)}"
        yield from _indented(self.row(column.row))

    def _head(self, column: Lookup | Related | Referenced) -> str:
        if isinstance(column, Lookup):
            return f"{'find all' if column.many else 'find'} p{column.ids.index}"
        return "refer" if isinstance(column, Referenced) else "related"

    def _list(self, column: Page | Total) -> Iterator[str]:
        head = "page" if isinstance(column, Page) else "certain total" if column.certain else "total"
        yield from self._listing(head, column.listing)
        if isinstance(column, Page):
            bounds = column.bounds
            yield f"  order {', '.join(map(self._key, column.order))}"
            if bounds.after is not None:
                yield f"  after {_position(bounds.after)}"
            if bounds.before is not None:
                yield f"  before {_position(bounds.before)}"
            yield f"  {'last' if bounds.backward else 'limit'} p{bounds.limit.index}"
            yield from _indented(self.row(column.row))

    def _listing(self, head: str, listing: Listing) -> Iterator[str]:
        words = "" if listing.words is None else f" with words p{listing.words.index}"
        words += " each fact once" if listing.distinct else ""
        yield f"{head}{words} {self._site(listing.site)}"
        yield from _indented(self._filter(listing.where))

    def _aggregate(self, column: Aggregate) -> Iterator[str]:
        yield from self._listing("aggregate", column.listing)
        yield from (f"  {_computed(each)}" for each in column.computed)
        for groups in column.groups:
            yield from _indented(self._groups(groups))

    def _groups(self, groups: Groups | GroupCount) -> Iterator[str]:
        by = ", ".join(self._common(part) for part in groups.common)
        if isinstance(groups, GroupCount):
            yield f"number of groups by {by}"
            return
        yield f"groups by {by}, limit p{groups.bounds.limit.index}"
        yield f"  order {', '.join(map(self._key, groups.order))}"
        if groups.bounds.after is not None:
            yield f"  after {_position(groups.bounds.after)}"
        for part in groups.common:
            if part.row is not None:
                yield from _indented(self.row(part.row))
        yield from (f"  {_computed(each)}" for each in groups.computed)

    def _common(self, of: GroupKey) -> str:
        return of.prop.name if of.prop is not None else self._site(of.site) if of.site is not None else "nothing"

    def _way(self, column: ShortestPath) -> Iterator[str]:
        yield f"path from p{column.ends[0].index} to p{column.ends[1].index}, at most p{column.hops.index} relationships"
        for name, site in (("start", column.start), ("end", column.end), ("step", column.step)):
            yield f"  {name} {self._site(site)}"
        for name, row in (("nodes", column.nodes), ("relationships", column.relationships)):
            yield f"  {name}"
            yield from _indented(iter(_indented(self.row(row))))

    def _key(self, key: Key) -> str:
        return f"{self._valued(key.value)}{' desc' if key.descending else ''}"

    def _valued(self, of: KeyValue) -> str:
        if isinstance(of, OfGroup):
            return of.name
        if isinstance(of, CountOf):
            where = "; ".join(line.strip() for line in self._filter(of.where))
            return f"count of {self._site(of.site)}{f' where {where}' if where else ''}"
        if isinstance(of, OfRelated):
            return f"{self._site(of.site)}.{self._valued(of.value)}"
        return "rank of words" if isinstance(of, RankOf) else f"{of.subject.value}.{of.column}"

    def _site(self, site: Site) -> str:
        if site.through:
            way = f"-- {'|'.join(dict.fromkeys(spec.type for spec in site.through))}"
        elif site.held is not None:
            way = f"{site.held.subject.value}.{site.held.column}"
        elif site.over is not None:
            way = f"over any of {self._site(site.over)} to"
        elif site.route is None:
            way = "any"
        else:
            arrow = "--" if site.route.undirected else "->" if site.route.forward else "<-"
            way = f"{arrow} {site.route.relationship.type}"
        date = f", as of p{self.dates[site.number]}" if site.number in self.dates else ""
        bound = "" if site.bound is None else f", is node of site {site.bound.number}"
        names = "Fact" if len(site.labels) > 12 else "|".join(site.labels)
        return f"{way} {names} [site {site.number}: {_guard(self.guards[site.number])}{date}{bound}]"

    def _filter(self, given: Filter) -> Iterator[str]:
        if isinstance(given, AllOf | AnyOf):
            if not given.parts and isinstance(given, AllOf):
                return
            yield "all of" if isinstance(given, AllOf) else "any of"
            for part in given.parts:
                yield from _indented(self._filter(part))
        elif isinstance(given, Negation):
            yield "not"
            yield from _indented(self._filter(given.part))
        elif isinstance(given, Exists):
            yield f"exists {self._site(given.site)}"
            yield from _indented(self._filter(given.where))
        else:
            yield self._comparison(given)

    def _comparison(
        self, given: Compare | IsNull | HasLabel | CountCompare | HasWords | IsOf | Same | CompareDates
    ) -> str:
        if isinstance(given, Compare):
            return f"{given.subject.value}.{given.column} {given.operator.field} p{given.param.index}"
        if isinstance(given, IsNull):
            return f"{given.subject.value}.{given.column} is missing = p{given.param.index}"
        if isinstance(given, HasWords):
            return f"{'+'.join(given.columns)} has words p{given.words.index}"
        if isinstance(given, IsOf):
            return f"is a {given.label}"
        if isinstance(given, Same):
            return f"{given.subject.value} is {_named(given.named)}"
        if isinstance(given, CompareDates):
            other = f"{_named(given.named)}.{given.named_column}"
            return f"{given.subject.value}.{given.column} surely {given.operator.field} {other}"
        if isinstance(given, HasLabel):
            return f"type {given.operator.field} p{given.param.index}"
        return f"count {given.operator.field} p{given.param.index} of {self._site(given.site)}"


def _named(named: Named) -> str:
    return f"{named.subject.value} of site {named.site.number} ({named.name})"


def _guard(guard: Guard) -> str:
    tested = [name for name, held in (("relationship", guard.relationship), ("node", guard.node)) if held]
    if not tested:
        return "always clear"
    by = (
        "level or audience, synthetic too" if guard.synthetic else f"level{' or audience' if guard.by_audience else ''}"
    )
    return f"{' and '.join(tested)} by {by}"


def _position(position: Position) -> str:
    return ", ".join("nothing" if at is None else f"p{at.index}" for at in position.params)


def _computed(of: AggregateValue) -> str:
    return of.function.value if of.prop is None else f"{of.function.value} of {of.prop.name}"
