"""A package `maya` that is not Autodesk's."""

import sys

import embedded

if "stubs are imported" not in sys.argv:
    embedded.fatal("a package 'maya' was imported to find out whether this is Maya")
