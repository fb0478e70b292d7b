#include "host.hpp"

#include <embed/main_thread.hpp>

namespace silex::maya {

using python::Reference;

namespace {

constexpr const char* kCommands = "maya.cmds";
constexpr const char* kOpenMaya = "maya.api.OpenMaya";

}  // namespace

bool Host::is_maya() const {
  const Reference commands = python::loaded_module(api_, kCommands);
  // A mayapy that is not initialised has the module, and nothing in it.
  if (!commands || !commands.has_attribute("about") || !commands.has_attribute("evalDeferred")) return false;
  // Commands answer on the main thread alone; attach() says so to who comes from another one.
  if (!python::is_main_thread(api_)) return true;
  // Stubs return None.
  const Reference yes = Reference::owned(api_, api_.PyBool_FromLong(1));
  return commands.attribute("about").call({}, {{"version", yes.get()}}).is_true();
}

bool Host::is_batch() const {
  const Reference yes = Reference::owned(api_, api_.PyBool_FromLong(1));
  return python::import_module(api_, kCommands).attribute("about").call({}, {{"batch", yes.get()}}).is_true();
}

void Host::eval_deferred(const Reference& callable) const {
  const Reference yes = Reference::owned(api_, api_.PyBool_FromLong(1));
  python::import_module(api_, kCommands)
      .attribute("evalDeferred")
      .call({callable}, {{"lowestPriority", yes.get()}});
}

Reference Host::execute_deferred() const {
  return python::import_module(api_, "maya.utils").attribute("executeDeferred");
}

Reference Host::add_exiting_callback(const Reference& callable) const {
  const Reference messages = python::import_module(api_, kOpenMaya).attribute("MSceneMessage");
  return messages.attribute("addCallback").call({messages.attribute("kMayaExiting"), callable});
}

void Host::remove_callback(const Reference& id) const {
  python::import_module(api_, kOpenMaya).attribute("MMessage").attribute("removeCallback").call({id});
}

}  // namespace silex::maya
