"""Mutations: a document that writes becomes rows, one transaction for each field of its root, and an answer."""
