"""What each primer computes, computed again: one module a primer, named as its file is.

``sentences`` gives the pieces of text that must stand in the primer, with the numbers that come out here. ``QUOTED``
has the pieces whose numbers are taken from a source that the primer names.
"""
