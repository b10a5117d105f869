"""The reference pages of the model. In: the model and the questions of the documentation. Out: docs/model."""
