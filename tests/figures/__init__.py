"""Figures: what is drawn, where, in which bytes, and whether it can be read without colours, a mouse or fonts."""
