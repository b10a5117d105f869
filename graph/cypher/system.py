"""What the system asks of a database besides facts. In: nothing. Out: Fragments for notes, indexes, logins and a ping."""

from graph.cypher.fragments import Fragment

META = Fragment("MATCH (m:_Meta) RETURN m.name AS name, m.value AS value")
"""Everything that the system has noted in this database."""

SET_META = Fragment("MERGE (m:_Meta {name: $q.name}) SET m.value = $q.value")
"""Note a value under a name."""

AWAIT_INDEXES = Fragment("CALL db.awaitIndexes(300)")
"""Wait until every index is filled."""

PING = Fragment("RETURN 1 AS one")
"""The smallest question."""

CHANGE_PASSWORD = Fragment("ALTER CURRENT USER SET PASSWORD FROM $old TO $new")
"""Replace the password of the user who is logged in."""
