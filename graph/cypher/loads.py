"""The record of loaded files as Cypher. In: nothing. Out: Fragments that read and write `_Load` nodes, one for each file."""

from graph.cypher.fragments import Fragment

RECORD = Fragment(
    "MERGE (l:_Load {file: $q.file}) SET l.digest = $q.digest, l.good = $q.good, l.bad = $q.bad, l.at = $q.now"
)
"""Record that a file is loaded. It runs in the transaction that writes the rows of the file."""

RECORDED = Fragment(
    "MATCH (l:_Load {file: $q.file}) WHERE l.digest = $q.digest AND l.at = $q.now RETURN l.file AS file"
)
"""Whether a file is recorded as loaded by this load, which its time tells from others."""

RECORDS = Fragment("MATCH (l:_Load) RETURN l.file AS file, l.digest AS digest, l.bad AS bad")
"""All files that were loaded."""
