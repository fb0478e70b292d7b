// How Silex reaches the thread of a Qt application: the half of the adapter that links Qt. It builds with
// Qt 5.10 and with Qt 6, and needs no moc.
#include "part.hpp"

#include <silex/pump.hpp>

#include <QCoreApplication>
#include <QMetaObject>
#include <QObject>
#include <QThread>
#include <exception>
#include <new>
#include <stdexcept>

namespace {

class Adapter {
 public:
  explicit Adapter(void (*set_error)(const char* message)) : set_error_(set_error) {}

  // [main-thread]
  void attach(silex_pump* pump) {
    QCoreApplication* const application = QCoreApplication::instance();
    if (!application) {
      throw std::runtime_error("there is no QCoreApplication: start the runtime after it was made");
    }
    if (QThread::currentThread() != application->thread()) {
      throw std::runtime_error("this is not the thread of the QCoreApplication: start the runtime there");
    }
    pump_ = silex::Pump(pump);
    // It lives on this thread, so what is queued for it runs here. A plain QObject: once we are gone, Qt
    // finds all of it in QtCore.
    receiver_ = new QObject;
    const auto quit = [held = pump_] { static_cast<void>(held.quit()); };
    // The event loop ends: the last moment at which every object of the application is still there.
    QObject::connect(application, &QCoreApplication::aboutToQuit, receiver_, quit);
    // Where there was no loop that could have ended.
    QObject::connect(application, &QObject::destroyed, receiver_, quit);
  }

  // [main-thread] Also from inside drain(), and from inside both signals.
  void detach() {
    pump_ = {};
    if (!QCoreApplication::instance()) {
      delete receiver_;
    } else {
      // Nothing that waits for its turn reaches us any more. The object itself may be in use by Qt, further
      // up on this stack.
      QCoreApplication::removePostedEvents(receiver_);
      QObject::disconnect(QCoreApplication::instance(), nullptr, receiver_, nullptr);
      receiver_->deleteLater();
    }
    receiver_ = nullptr;
  }

  // [any-thread] Qt's queue has a lock of its own, which is never held while code of others runs.
  bool wake() {
    const auto drain = [held = pump_] {
      silex_drain_report report{sizeof report, 0, 0};
      static_cast<void>(held.drain(report));
    };
    // Queued, whoever asks: on the application's thread a direct call would run the drain inside of wake().
    // Qt handles what came in meanwhile (clicks, paints, timers) before an event that was queued while
    // another one was delivered, so a queue that is never empty does not hold the windows up.
    return QMetaObject::invokeMethod(receiver_, drain, Qt::QueuedConnection);
  }

  void refuse(const char* why) const { set_error_(why); }

 private:
  void (*set_error_)(const char*);
  silex::Pump pump_;
  QObject* receiver_ = nullptr;
};

// The same behind the C ABI, which lets no exception out.

struct MadeAdapter {
  Adapter adapter;
  silex_adapter functions{};
};

Adapter& of(void* self) {
  return static_cast<MadeAdapter*>(self)->adapter;
}

silex_status attach(void* self, silex_pump* pump, silex_host_mode* mode) {
  try {
    of(self).attach(pump);
    *mode = SILEX_HOST_INTERACTIVE;
    return SILEX_OK;
  } catch (const std::exception& error) {
    of(self).refuse(error.what());
    return SILEX_ERROR_ADAPTER_FAILED;
  }
}

void detach(void* self) {
  of(self).detach();
}

silex_status wake(void* self) {
  try {
    if (of(self).wake()) return SILEX_OK;
    of(self).refuse("Qt does not queue the call");
    return SILEX_ERROR_ADAPTER_FAILED;
  } catch (const std::bad_alloc&) {
    of(self).refuse("there is no memory left");
    return SILEX_ERROR_OUT_OF_MEMORY;
  }
}

void destroy(void* self) {
  delete static_cast<MadeAdapter*>(self);
}

const silex_adapter* create(void (*set_error)(const char*)) {
  auto* const made = new (std::nothrow) MadeAdapter{Adapter(set_error), {}};
  if (!made) {
    set_error("there is no memory left");
    return nullptr;
  }
  made->functions = {sizeof(silex_adapter), made, &attach, &detach, &wake, &destroy};
  return &made->functions;
}

}  // namespace

extern "C" SILEX_EXPORT const silex_qt_part silex_qt_part{&create};
