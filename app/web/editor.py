"""The page with the editor, GraphiQL, and a field for the token. In: nothing. Out: HTML; app/web/editor.js reads the address."""

VENDORED = "/web/vendored"
PAGE = f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>citygraph: editor</title>
<link rel="icon" href="/web/icon.svg">
<link rel="stylesheet" href="{VENDORED}/graphiql-3.9.0/graphiql.min.css">
<link rel="stylesheet" href="/web/editor.css">
<script defer src="{VENDORED}/react-18.3.1/react.production.min.js"></script>
<script defer src="{VENDORED}/react-dom-18.3.1/react-dom.production.min.js"></script>
<script defer src="{VENDORED}/graphiql-3.9.0/graphiql.min.js"></script>
<script type="module" src="/web/editor.js"></script>
</head>
<body>
<header class="bar">
<h1>Editor</h1>
<a href="/explore/ask">citygraph: questions and answers</a>
<label>Token <input id="token" type="password" autocomplete="off" spellcheck="false"
 placeholder="none: you are anonymous"></label>
</header>
<main id="graphiql">The editor is loading.</main>
</body>
</html>
"""
