"""Tools of assistants, by the Model Context Protocol. In: calls of tools. Out: answers with their sources, for one viewer."""
