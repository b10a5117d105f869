"""A slow, honest reader of the same rows: what a question must answer, worked out without any database.

It is believed because it is read: small files, one idea a function, and nothing of the planner, renderer or decoder.
"""
