#include "host.hpp"

namespace silex::blender {

using python::Reference;

Reference Host::app() const {
  return python::import_module(api_, "bpy").attribute("app");
}

Reference Host::handlers() const {
  return app().attribute("handlers");
}

bool Host::is_blender() const {
  const Reference bpy = python::loaded_module(api_, "bpy");
  if (!bpy || !bpy.has_attribute("app")) return false;
  const Reference app = bpy.attribute("app");
  if (!app.has_attribute("timers") || !app.has_attribute("background")) return false;
  // The module build has no main loop. It says so where it is recent; before that, it has no binary:
  // https://docs.blender.org/api/current/bpy.app.html#bpy.app.binary_path.
  if (app.has_attribute("module")) return !app.attribute("module").is_true();
  return app.has_attribute("binary_path") && app.attribute("binary_path").is_true();
}

bool Host::is_background() const {
  return app().attribute("background").is_true();
}

void Host::add_timer(const Reference& callable) const {
  const Reference now = Reference::owned(api_, api_.PyFloat_FromDouble(0.0));
  const Reference yes = Reference::owned(api_, api_.PyBool_FromLong(1));
  app()
      .attribute("timers")
      .attribute("register")
      .call({callable}, {{"first_interval", now.get()}, {"persistent", yes.get()}});
}

void Host::remove_timer(const Reference& callable) const {
  app().attribute("timers").attribute("unregister").call({callable});
}

bool Host::has_exit_pre() const {
  const Reference app = this->app();
  return app.has_attribute("handlers") && app.attribute("handlers").has_attribute("exit_pre");
}

void Host::add_exit_pre(const Reference& function) const {
  const Reference handlers = this->handlers();
  handlers.attribute("persistent").call({function});
  handlers.attribute("exit_pre").attribute("append").call({function});
}

void Host::remove_exit_pre(const Reference& function) const {
  handlers().attribute("exit_pre").attribute("remove").call({function});
}

}  // namespace silex::blender
