"""Networks as files for other programs, one writer for each format. In: a network of one viewer. Out: a file, in flat memory."""
