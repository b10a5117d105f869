"""What follows from the declaration: GraphQL, row models, constraints, the reference."""
