// Which right name a wrong one was meant to be. Pure functions.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace silex::yaml {

// Letters to insert, delete, replace or swap with their neighbour to turn one into the other.
std::size_t edit_distance(std::string_view left, std::string_view right);

// The name among `names` that is most like `wrong`, upper and lower case aside; "" if none is like it.
std::string nearest_name(std::string_view wrong, const std::vector<std::string_view>& names);

}  // namespace silex::yaml
