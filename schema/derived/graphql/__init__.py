"""The GraphQL schema, derived from the model: Strawberry types, the SDL, and what each type stands for."""
