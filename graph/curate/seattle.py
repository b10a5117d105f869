def seattle():
    return [], {}
