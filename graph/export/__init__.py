"""Data sets, catalogues and entities of the facts that one viewer sees. In: a Reader. Out: files and documents."""
