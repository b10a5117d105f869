"""Networks through GraphQL: published values, noninterference, what-ifs, waves and limits."""
