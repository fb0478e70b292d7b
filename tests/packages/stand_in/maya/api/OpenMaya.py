class MFnPlugin:
    def __init__(self, plugin, vendor, version, api):
        assert vendor == "Silex" and version and api == "Any"
