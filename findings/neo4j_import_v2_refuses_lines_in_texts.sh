#!/usr/bin/env bash
# Guess: --multiline-fields-format=v2 reads each CSV file whose texts are quoted, as v1 does, only with several threads.
# Seen: it guesses back from the end of each buffer where a row ended. A valid file larger than a buffer is refused, unless the buffer
# is larger than the file. The error names a CR that the file does not have, and without --verbose no cause at all.
# Needs python3, java 17 or newer, and mvn. Takes a minute.
set -euo pipefail; dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
cat > pom.xml <<'POM'
<project><modelVersion>4.0.0</modelVersion><groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
<dependencies><dependency><groupId>org.neo4j.app</groupId><artifactId>neo4j-server</artifactId><version>5.26.30</version></dependency>
<dependency><groupId>org.neo4j</groupId><artifactId>neo4j</artifactId><version>5.26.30</version></dependency></dependencies></project>
POM
mvn -q dependency:copy-dependencies -DoutputDirectory=lib -DincludeScope=runtime
python3 - <<'PY'
import csv
with open("people.csv", "w", newline="") as file:
    rows = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
    rows.writerow(["id:ID", "name", "note", "words"])
    for number in range(25_000):
        rows.writerow([number, f'Person "{number}", of a city', 'Made up, to show\nhow it works; "true", of nobody.\n' + "x" * 90, f"\n{number} \n"])
rows = list(csv.reader(open("people.csv", newline="")))
print("rows that Python's csv reads:", len(rows) - 1, "of", {len(row) for row in rows}, "cells; CR in the file:", open("people.csv", newline="").read().count("\r"))
PY
mkdir conf; touch conf/neo4j.conf
import() {
  rm -rf data; NEO4J_HOME=$dir NEO4J_CONF=$dir/conf java -Xmx1g -cp 'lib/*' org.neo4j.cli.AdminTool database import full neo4j \
    --nodes=Person=people.csv "$@" --verbose > said.txt 2>&1 || true
  echo "$*: $(grep -o -m1 'IMPORT [A-Z]*' said.txt); $(grep -m1 -E '^ *[0-9]+ nodes|Weird' said.txt | cut -c1-240)"
}
import --multiline-fields=true; grep -q "25000 nodes" said.txt
import --multiline-fields-format=v2 --multiline-fields=people.csv --read-buffer-size=32m; grep -q "25000 nodes" said.txt
import --multiline-fields-format=v2 --multiline-fields=people.csv; grep -q "Weird input data" said.txt
