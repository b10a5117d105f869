#!/usr/bin/env bash
# Guess: rdflib keeps the instant of a valid date; at most it writes the same one in another form.
# Seen: an xsd:date loses its time zone, and an xsd:dateTime every digit after the sixth, without a warning. Servers on .NET
# write seven digits, so a catalogue's dct:modified that was read and written again is another one. pyoxigraph keeps both.
# Needs python3. Takes half a minute.
set -euo pipefail; dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT
cd "$dir"; python3 -m venv env && env/bin/pip install -q rdflib==7.6.0 pyoxigraph==0.5.13
cat > find.py <<'PY'
import importlib.metadata
import pyoxigraph, rdflib
DATES = {"date": "2024-05-01+02:00", "dateTime": "2024-05-01T10:00:00.1234567Z"}
XSD = "http://www.w3.org/2001/XMLSchema#"
changed = []
for kind, text in DATES.items():
    turtle = f'<urn:set> <http://purl.org/dc/terms/modified> "{text}"^^<{XSD}{kind}> .'
    (read,) = rdflib.Graph().parse(data=turtle, format="turtle").objects()
    (other,) = pyoxigraph.parse(turtle, format=pyoxigraph.RdfFormat.TURTLE)
    print(f"xsd:{kind} {text}: rdflib", importlib.metadata.version("rdflib"), "reads", read, "pyoxigraph", other.object.value)
    assert other.object.value == text
    changed.append(str(read))
assert changed == ["2024-05-01", "2024-05-01T10:00:00.123456+00:00"], "the dates are kept"
PY
env/bin/python find.py
