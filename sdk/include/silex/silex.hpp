// The whole C++20 layer of Silex SDK.
#pragma once

#include <silex/connection.hpp>
#include <silex/context.hpp>
#include <silex/error.hpp>
#include <silex/runtime.hpp>
#include <silex/session.hpp>
#include <silex/task.hpp>
#include <silex/task_handle.hpp>
#include <silex/when.hpp>
#include <silex/work.hpp>
