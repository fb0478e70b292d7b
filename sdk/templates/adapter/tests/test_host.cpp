#include "test_host.hpp"

silex::testkit::Host host;

extern "C" __attribute__((visibility("default"))) const @name@_host @name@_host_functions{
    [](void (*function)(void*), void* data) { return host.call_soon(function, data); },
    [] { return host.is_batch(); },
    [](void (*function)(void*), void* data) { host.on_quit(function, data); }};
