"""Measures of networks. In: people and ties as one viewer sees them. Out: numbers that say on what they were computed."""
