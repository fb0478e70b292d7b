// Every type that a parameter may have, and its options, once: they are read, checked and sent by this.
#pragma once

#include "action/types/misfit.hpp"

#include <cstdint>
#include <span>
#include <string_view>

namespace silex::action {

enum class TypeKind : std::uint8_t {
  any,
  text,
  whole,
  number,
  truth,
  path,
  task_file,
  task,
  select,
  radio_select,
  multiple_select,
  range,
  whole_array,
  list,
  editable_list,
  dictionary,
  shown_text,
  frame_set,
};

// What an option may be.
enum class OptionKind : std::uint8_t {
  flag,
  size,          // a whole number from 1
  size_or_none,  // or null
  number,
  text_or_none,
  texts,    // a list
  choices,  // a mapping of labels to values, or a list of values that are their own labels; not empty
  type,     // another type
  anything,
};

struct TypeOption {
  std::string_view name;
  OptionKind kind;
  std::string_view otherwise;  // JSON; "": it must be given
};

struct TypeRow {
  TypeKind kind;
  std::string_view name;  // on the wire
  std::span<const TypeOption> options;
  std::string_view allowed;  // a value of it, for people
};

std::span<const TypeRow> type_table();
const TypeRow& row_of(TypeKind kind);

}  // namespace silex::action
