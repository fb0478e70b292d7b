# Houdini and hython run every pythonrc.py on their path, long before there is a window.
import silex_houdini

silex_houdini.python_ready()
