# Maya runs every userSetup.py on its path, in __main__ and without __file__; what is to be done stands in the module.
import silex_maya

silex_maya.load_when_idle()
