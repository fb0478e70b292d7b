// What the sample prints.
#pragma once

#include <silex/action.hpp>

void show(const silex::ActionOutcome& outcome);
