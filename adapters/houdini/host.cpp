#include "host.hpp"

namespace silex::houdini {

using python::Reference;

Reference Host::hou() const {
  return python::import_module(api_, "hou");
}

Reference Host::ui(const char* function) const {
  return hou().attribute("ui").attribute(function);
}

bool Host::is_houdini() const {
  const Reference hou = python::loaded_module(api_, "hou");
  return hou && hou.has_attribute("isUIAvailable") && hou.has_attribute("hipFile");
}

bool Host::has_event_loop() const {
  return hou().attribute("isUIAvailable").call().is_true();
}

void Host::add_callback(const Reference& callable) const {
  ui("addEventLoopCallback").call({callable});
}

void Host::remove_callback(const Reference& callable) const {
  ui("removeEventLoopCallback").call({callable});
}

void Host::remove_callback_later(const Reference& callable) const {
  const Reference partial = python::import_module(api_, "functools").attribute("partial");
  ui("postEventCallback").call({partial.call({ui("removeEventLoopCallback"), callable})});
}

bool Host::has_callback(const Reference& callable) const {
  return ui("eventLoopCallbacks").call().attribute("__contains__").call({callable}).is_true();
}

void Host::add_scene_callback(const Reference& callable) const {
  hou().attribute("hipFile").attribute("addEventCallback").call({callable});
}

void Host::remove_scene_callback(const Reference& callable) const {
  hou().attribute("hipFile").attribute("removeEventCallback").call({callable});
}

Reference Host::about_to_quit() const {
  for (const char* const name : {"PySide6.QtCore", "PySide2.QtCore"}) {
    const Reference core = python::loaded_module(api_, name);
    if (!core) continue;
    const Reference application = core.attribute("QCoreApplication").attribute("instance").call();
    if (application.get() != api_.none) return application.attribute("aboutToQuit");
  }
  return {};
}

}  // namespace silex::houdini
