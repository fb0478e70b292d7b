# Houdini runs every uiready.py on its path once its window is there. Never 123.py or 456.py: of those it runs one, which
# is the studio's.
import silex_houdini

silex_houdini.ui_ready()
