"""Pictures of networks as SVG and PNG. In: frozen values and a seed. Out: bytes, the same for the same input.

They read no database and know no concept by name: who asks for a picture says what is drawn and what its caption states.
"""
