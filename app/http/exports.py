"""The routes of what is exported for everybody. In: parts of a server. Out: routes of the catalogue, its files and entities."""

from starlette.routing import BaseRoute

from app.http.answering import Answering
from app.http.catalogue import Catalogue
from app.http.clients import Clients
from app.http.entities import Entities
from app.http.exporting import SENT, SENT_TO_ONE, Making, Shared
from app.http.hosts import Hosts
from app.http.places import Places
from app.start.exports import exports_folder
from graph.export.publish import Publisher
from graph.export.store import Shelf
from schema.model import model


def export_routes(answering: Answering, clients: Clients, hosts: Hosts) -> list[BaseRoute]:
    """Make the routes; none on a server that only answers trusted documents, which give less than all public facts."""
    if answering.settings.trusted_only:
        return []
    shared = Shared(answering, clients, hosts, Places(SENT, SENT_TO_ONE))
    shelf = Shelf(exports_folder(answering.settings))
    publisher = Publisher(answering.reader, model(), shelf, Making(answering))
    return [*Catalogue(shared, publisher).routes(), *Entities(shared, model()).routes()]
