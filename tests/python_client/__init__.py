"""The Python client against real servers. In: nothing. Out: what a program gets is what GraphQL and the oracle say."""
