// What the sample prints, and what it answers instead of a user.
#pragma once

#include <silex/action.hpp>

void show(const silex::ActionOutcome& outcome);
// To the action `review`.
silex::json approval();
