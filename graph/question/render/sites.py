"""Variables and parameters of a statement. In: sites and parameters of a plan. Out: Fragments that name them."""

from graph.cypher.fragments import Fragment, clause, join, name, param
from graph.cypher.visible import synthetic
from graph.question.plan.nodes import Named, Param, Site, Subject


def value(at: Param) -> Fragment:
    """Write the value of a numbered parameter."""
    return clause("{p}.text", p=parameter(at)) if at.high else parameter(at)


def parameter(at: Param) -> Fragment:
    """Write a numbered parameter as it is bound."""
    return param(f"p{at.index}")


def node(site: Site) -> Fragment:
    """Name the variable of the node at a site."""
    return name(f"n{site.number}") if site.bound is None else node(site.bound)


def relationship(site: Site) -> Fragment:
    """Name the variable of the relationship that leads to a site."""
    return name(f"r{site.number}")


def sought(site: Site) -> Fragment:
    """Name the variable of an id that is looked up. Look-ups can be nested, so each has its own."""
    return name(f"i{site.number}")


def labelled(site: Site) -> Fragment:
    """Test that the node at a site has one of the site's labels."""
    return clause("{n}:{l}", n=node(site), l=labels(site.labels))


def labels(names: tuple[str, ...]) -> Fragment:
    """Write a label expression: any of these labels."""
    return join("|", [name(label) for label in names])


def is_synthetic(site: Site, *, node_too: bool, relationship_too: bool) -> Fragment:
    """Test that the node at a site is synthetic, or the relationship that leads to it, or either."""
    tested = [relationship(site)] * relationship_too + [node(site)] * node_too
    return join(" OR ", [synthetic(variable) for variable in tested])


def label_of(site: Site) -> Fragment:
    """Write the label of a node. Each node also has the technical label Fact, which is left out."""
    return clause("head([l IN labels({n}) WHERE l <> 'Fact'])", n=node(site))


def subject_variable(subject: Subject, site: Site) -> Fragment:
    """Name the variable that holds a property: the node at a site, or the relationship that leads there."""
    return node(site) if subject is Subject.NODE else relationship(site)


def named_variable(named: Named) -> Fragment:
    """Name the variable of a fact that a filter names."""
    return subject_variable(named.subject, named.site)
