// The chat's console, and its messages: [{"id", "from", "text"}].
#pragma once

#include <optional>
#include <string>

// The next line that is typed; nothing once there is no more. Blocks.
std::optional<std::string> read_line();

// A message with an id of its own, by which the server knows one that it was sent twice.
std::string message_from(const std::string& name, const std::string& text);

// Prints a message, once.
void show(const std::string& message);
