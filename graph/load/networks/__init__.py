"""Networks in the files of other programs. In: graph files of a roster. Out: rows of its people, a survey wave and their ties."""
