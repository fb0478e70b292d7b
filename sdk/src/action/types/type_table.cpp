#include "action/types/type_table.hpp"

#include <algorithm>
#include <array>

namespace silex::action {

namespace {

// maxLenght is spelled so on the wire.
constexpr std::array kText{TypeOption{"multiline", OptionKind::flag, "false"},
                           TypeOption{"maxLenght", OptionKind::size_or_none, "null"}};
constexpr std::array kPath{TypeOption{"extensions", OptionKind::texts, R"(["*"])"},
                           TypeOption{"multiple", OptionKind::flag, "false"}};
constexpr std::array kTaskFile{TypeOption{"extensions", OptionKind::texts, R"(["*"])"},
                               TypeOption{"multiple", OptionKind::flag, "false"},
                               TypeOption{"directory", OptionKind::flag, "false"}};
constexpr std::array kSelect{TypeOption{"options", OptionKind::choices, ""}};
constexpr std::array kRange{TypeOption{"start", OptionKind::number, ""},
                            TypeOption{"end", OptionKind::number, ""},
                            TypeOption{"increment", OptionKind::number, "1"},
                            TypeOption{"value_label", OptionKind::text_or_none, "null"},
                            TypeOption{"marks", OptionKind::flag, "false"},
                            TypeOption{"n_marks", OptionKind::size_or_none, "null"}};
constexpr std::array kArray{TypeOption{"size", OptionKind::size, ""}};
constexpr std::array kList{TypeOption{"itemType", OptionKind::type, R"("str")"}};
constexpr std::array kDictionary{TypeOption{"key", OptionKind::type, R"("str")"},
                                 TypeOption{"value", OptionKind::type, R"("any")"}};
constexpr std::array kShownText{TypeOption{"color", OptionKind::text_or_none, "null"},
                                TypeOption{"progress", OptionKind::anything, "null"}};

// By TypeKind.
constexpr std::array kTable{
    TypeRow{TypeKind::any, "any", {}, "anything"},
    TypeRow{TypeKind::text, "str", kText, "text"},
    TypeRow{TypeKind::whole, "int", {}, "a whole number"},
    TypeRow{TypeKind::number, "float", {}, "a number"},
    TypeRow{TypeKind::truth, "bool", {}, "true or false"},
    TypeRow{TypeKind::path, "Path", kPath, "a path"},
    TypeRow{TypeKind::task_file, "task_file", kTaskFile, "a path"},
    TypeRow{TypeKind::task, "task", {}, "the id of a task"},
    TypeRow{TypeKind::select, "select", kSelect, "one of the options"},
    TypeRow{TypeKind::radio_select, "radio_select", kSelect, "one of the options"},
    TypeRow{TypeKind::multiple_select, "multiple_select", kSelect, "a list of options"},
    TypeRow{TypeKind::range, "range", kRange, "a number"},
    TypeRow{TypeKind::whole_array, "int_array", kArray, "a list of whole numbers"},
    TypeRow{TypeKind::list, "list", kList, "a list"},
    TypeRow{TypeKind::editable_list, "editable_list", kList, "a list"},
    TypeRow{TypeKind::dictionary, "dict", kDictionary, "a mapping"},
    TypeRow{TypeKind::shown_text, "text", kShownText, "text"},
    TypeRow{TypeKind::frame_set, "FrameSet", {}, "frames such as 1-50x5 or 42,78-102"},
};

}  // namespace

std::span<const TypeRow> type_table() {
  return kTable;
}

const TypeRow& row_of(TypeKind kind) {
  return kTable.at(static_cast<std::size_t>(kind));
}

}  // namespace silex::action
