#!/usr/bin/env bash
# Guess: graphql-codegen's plugins typescript and typescript-operations may write one file, and TypeScript accepts it.
# Seen: since version 6 both write the enums that operations use, so the file does not compile (TS2567).
# Needs node 20 or newer and npm. Takes a minute.
set -euo pipefail; dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT
cd "$dir"; echo '{"private": true}' > package.json
npm install --silent --no-audit --no-fund graphql@16.15.0 @graphql-codegen/cli@7.4.3 @graphql-codegen/typescript@6.1.0 \
  @graphql-codegen/typescript-operations@6.1.9 typescript@7.0.2
echo 'enum Marking { CLEAR RED } type Fact { marking: Marking! } type Query { fact: Fact }' > schema.graphql
echo 'query One { fact { marking } }' > one.graphql
cat > codegen.mjs <<'JS'
const of = (...plugins) => ({ plugins });
const generates = { "both.ts": of("typescript", "typescript-operations"), "alone.ts": of("typescript-operations") };
export default { schema: "schema.graphql", documents: "one.graphql", generates };
JS
npx graphql-codegen --config codegen.mjs > /dev/null
npx tsc --noEmit --strict alone.ts && echo "typescript-operations alone: accepted"
if npx tsc --noEmit --strict both.ts; then echo "both: accepted"; exit 1; fi
