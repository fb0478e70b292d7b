#include "scene_watch.hpp"

#include <exception>
#include <utility>

namespace silex::houdini {

class SceneWatch::SceneChanged final : public python::Called {
 public:
  SceneChanged(const python::PythonApi& api, python::Reference callback)
      : api_(api), host_(api), callback_(std::move(callback)) {}

  // Asked at every event of a scene: which of them drops callbacks, if any, is not documented either.
  python::Object* call() noexcept override {
    try {
      if (callback_ && !host_.has_callback(callback_)) host_.add_callback(callback_);
    } catch (const std::exception&) {
      // The next event is another chance.
    }
    api_.Py_IncRef(api_.none);
    return api_.none;
  }
  void disarm() noexcept { callback_ = {}; }
  void abandon() noexcept { static_cast<void>(callback_.release()); }

 private:
  const python::PythonApi& api_;
  const Host host_;
  python::Reference callback_;
};

void SceneWatch::add(const python::Reference& callback) {
  changed_ = std::make_shared<SceneChanged>(api_, callback);
  callable_ = python::make_callable(api_, changed_);
  host_.add_scene_callback(callable_);
}

void SceneWatch::remove() noexcept {
  if (!changed_) return;
  changed_->disarm();
  changed_.reset();
  try {
    host_.remove_scene_callback(callable_);
  } catch (const std::exception&) {
    // Somebody else removed it, or it never came to be added.
  }
  callable_ = {};
}

void SceneWatch::abandon() noexcept {
  if (changed_) changed_->abandon();
  changed_.reset();
  static_cast<void>(callable_.release());
}

}  // namespace silex::houdini
