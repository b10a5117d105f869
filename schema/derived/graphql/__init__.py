"""The GraphQL schema, derived from the model: Strawberry types and their descriptions, printed as SDL."""
