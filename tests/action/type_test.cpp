// Types of parameters: declared, sent, with defaults, and what they make of values.
#include "action/types/parameter_type.hpp"
#include "action/types/read_value.hpp"
#include "yaml/reader.hpp"

#include <limits>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace silex::action {
namespace {

using testing::HasSubstr;

ParameterType type_of(const std::string& declaration) {
  auto parsed = ParameterType::parse(Json::parse(declaration));
  const auto* misfit = std::get_if<Misfit>(&parsed);
  EXPECT_EQ(misfit, nullptr) << declaration << ": " << misfit->found << "; allowed: " << misfit->allowed;
  return misfit ? ParameterType{} : std::get<ParameterType>(parsed);
}

std::string refusal(const std::string& declaration) {
  auto parsed = ParameterType::parse(Json::parse(declaration));
  const auto* misfit = std::get_if<Misfit>(&parsed);
  return misfit ? misfit->found + "; allowed: " + misfit->allowed : "none";
}

// The value that comes of it, or "found; allowed: ...".
std::string cast(const std::string& declaration, const std::string& value) {
  Json json = Json::parse(value);
  const Json before = json;
  if (const auto misfit = type_of(declaration).cast(json)) {
    EXPECT_EQ(json, before) << "a value that does not fit is left";
    return misfit->found + "; allowed: " + misfit->allowed;
  }
  return json.dump();
}

constexpr const char* kChoice = R"({"name": "select", "options": {"Low": 1, "High": "high"}})";
constexpr const char* kRange = R"({"name": "range", "start": 1, "end": 10})";

TEST(Type, IsDeclaredByNameOrWithOptions) {
  EXPECT_EQ(type_of(R"("int")").kind(), TypeKind::whole);
  EXPECT_EQ(type_of(R"({"name": "int"})").kind(), TypeKind::whole);
  EXPECT_EQ(type_of(kRange).kind(), TypeKind::range);
  EXPECT_EQ(ParameterType().kind(), TypeKind::any);
}

TEST(Type, TableIsInTheOrderOfKinds) {
  for (const TypeRow& row : type_table()) EXPECT_EQ(&row_of(row.kind), &row) << row.name;
}

TEST(Type, IsSentWithAllItsOptions) {
  const auto wire = [](const char* declaration) { return type_of(declaration).to_wire(); };
  EXPECT_EQ(wire(R"("str")"), Json::parse(R"({"name": "str"})"));
  EXPECT_EQ(wire(R"({"name": "str", "multiline": true})"),
            Json::parse(R"({"name": "str", "multiline": true, "maxLenght": null})"));
  for (const auto* name : {"int", "float", "bool", "task", "FrameSet", "any"}) {
    EXPECT_EQ(wire(Json(name).dump().c_str()), (Json{{"name", name}}));
  }
  EXPECT_EQ(wire(R"("Path")"), Json::parse(R"({"name": "Path", "extensions": ["*"], "multiple": false})"));
  EXPECT_EQ(
      wire(R"({"name": "task_file", "extensions": [".ma"], "multiple": true})"),
      Json::parse(R"({"name": "task_file", "extensions": [".ma"], "multiple": true, "directory": false})"));
  EXPECT_EQ(wire(kRange),
            Json::parse(R"({"name": "range", "start": 1, "end": 10, "increment": 1, "value_label": null,
                              "marks": false, "n_marks": null})"));
  for (const auto* name : {"select", "radio_select", "multiple_select"}) {
    const Json declared{{"name", name}, {"options", {{"Low", 1}, {"High", 2}}}};
    EXPECT_EQ(wire(declared.dump().c_str()), declared);
  }
  EXPECT_EQ(wire(R"({"name": "select", "options": ["a", 2]})"),
            Json::parse(R"({"name": "select", "options": {"a": "a", "2": 2}})"));
  // People see the choices in this order.
  EXPECT_EQ(wire(R"({"name": "select", "options": {"Low": 1, "High": 2}})")["options"].dump(),
            R"({"Low":1,"High":2})");
  EXPECT_EQ(wire(R"({"name": "int_array", "size": 3})"), Json::parse(R"({"name": "int_array", "size": 3})"));
  EXPECT_EQ(wire(R"({"name": "list", "itemType": "int"})"),
            Json::parse(R"({"name": "list", "itemType": {"name": "int"}})"));
  EXPECT_EQ(wire(R"("editable_list")"),
            Json::parse(R"({"name": "editable_list", "itemType": {"name": "str"}})"));
  EXPECT_EQ(
      wire(R"({"name": "dict", "key": "str", "value": {"name": "list", "itemType": "int"}})"),
      Json::parse(
          R"({"name": "dict", "key": {"name": "str"}, "value": {"name": "list", "itemType": {"name": "int"}}})"));
  EXPECT_EQ(wire(R"("text")"), Json::parse(R"({"name": "text", "color": null, "progress": null})"));
}

TEST(Type, WhatIsSentDeclaresTheSameType) {
  for (const auto* declaration :
       {R"("str")", R"({"name": "str", "maxLenght": 5})", R"("Path")", kRange, kChoice,
        R"({"name": "int_array", "size": 2})",
        R"({"name": "dict", "key": "int", "value": {"name": "list", "itemType": "FrameSet"}})", R"("text")",
        R"("any")"}) {
    const Json wire = type_of(declaration).to_wire();
    EXPECT_EQ(type_of(wire.dump()).to_wire(), wire) << declaration;
  }
}

TEST(Type, RefusesDeclarationsThatAreNone) {
  EXPECT_THAT(refusal(R"("strr")"), HasSubstr("the unknown type the text 'strr'; allowed: any, str, int"));
  EXPECT_THAT(refusal(R"("strr")"), HasSubstr("did you mean 'str'?"));
  EXPECT_THAT(refusal("3"), HasSubstr("the unknown type the number 3"));
  EXPECT_EQ(refusal(R"({"name": "Path", "multi": true})"),
            "the unknown option 'multi' of the type 'Path'; allowed: name, extensions or multiple");
  EXPECT_THAT(refusal(R"({"name": "select"})"), HasSubstr("the type 'select' without 'options'"));
  EXPECT_THAT(refusal(R"({"name": "select", "options": []})"),
              HasSubstr("a mapping of labels to values that is not empty"));
  EXPECT_THAT(refusal(R"({"name": "int_array", "size": 0})"), HasSubstr("the option 'size' is the number 0"));
  EXPECT_THAT(refusal(R"({"name": "range", "start": 2, "end": 1})"), HasSubstr("a range from 2 to 1"));
  EXPECT_THAT(refusal(R"({"name": "range", "start": 1, "end": 2, "increment": 0})"),
              HasSubstr("the increment 0"));
  EXPECT_THAT(refusal(R"({"name": "list", "itemType": "no"})"), HasSubstr("the unknown type the text 'no'"));
  EXPECT_THAT(refusal(R"({"name": "Path", "extensions": [1]})"), HasSubstr("allowed: a list of text"));
}

TEST(Type, HasADefaultForNullWhereThereIsOne) {
  const auto otherwise = [](const char* declaration) { return type_of(declaration).default_value().dump(); };
  for (const auto* name : {"str", "int", "float", "bool", "Path", "task_file", "FrameSet", "dict", "any"}) {
    EXPECT_EQ(otherwise(Json(name).dump().c_str()), "null") << name;
  }
  EXPECT_EQ(otherwise(R"({"name": "str", "multiline": false})"), R"("")");
  EXPECT_EQ(otherwise(R"("task")"), R"("")");
  EXPECT_EQ(otherwise(R"("text")"), R"("")");
  EXPECT_EQ(otherwise(R"({"name": "int_array", "size": 3})"), "[0,0,0]");
  EXPECT_EQ(otherwise(kRange), "1");
  EXPECT_EQ(otherwise(R"({"name": "select", "options": {"B": 7, "A": 8}})"), "7");
  EXPECT_EQ(otherwise(R"({"name": "radio_select", "options": {"A": 7, "B": 8}})"), "7");
  EXPECT_EQ(otherwise(R"({"name": "multiple_select", "options": {"A": 7, "B": 8}})"), "[7]");
  EXPECT_EQ(otherwise(R"("list")"), "[]");
  EXPECT_EQ(otherwise(R"("editable_list")"), "[]");
}

TEST(Cast, NullFitsEveryType) {
  for (const auto* declaration : {R"("int")", kRange, kChoice, R"("list")", R"("dict")", R"("Path")"}) {
    EXPECT_EQ(cast(declaration, "null"), "null");
  }
}

TEST(Cast, ToTextIsWhatWasMeant) {
  EXPECT_EQ(cast(R"("str")", R"("x")"), R"("x")");
  EXPECT_EQ(cast(R"("str")", "42"), R"("42")");
  EXPECT_EQ(cast(R"("str")", "1.5"), R"("1.5")");
  EXPECT_EQ(cast(R"("str")", "true"), R"("true")");
  EXPECT_EQ(cast(R"("str")", "[1]"), "a list; allowed: text");
  EXPECT_EQ(cast(R"("str")", "{}"), "a mapping; allowed: text");
  EXPECT_EQ(cast(R"({"name": "str", "maxLenght": 2})", R"("éé")"), R"("éé")");
  EXPECT_EQ(cast(R"({"name": "str", "maxLenght": 2})", R"("abc")"),
            "the text 'abc'; allowed: text of at most 2 characters");
  EXPECT_EQ(cast(R"("task")", "12"), R"("12")");
  EXPECT_EQ(cast(R"("text")", "12"), R"("12")");
}

TEST(Cast, ToAWholeNumberIsLossless) {
  EXPECT_EQ(cast(R"("int")", R"("42")"), "42");
  EXPECT_EQ(cast(R"("int")", "42.0"), "42");
  EXPECT_EQ(cast(R"("int")", "9223372036854775807"), "9223372036854775807");
  for (const auto* value :
       {"42.5", R"("42.5")", "true", R"("x")", R"("")", "[1]", "18446744073709551615", "1e300"}) {
    EXPECT_THAT(cast(R"("int")", value), HasSubstr("; allowed: a whole number")) << value;
  }
}

TEST(Cast, ANumberAsTextIsDecimalAsPeopleTypeIt) {
  EXPECT_EQ(cast(R"("int")", R"("010")"), "10");
  EXPECT_EQ(cast(R"("int")", R"("08")"), "8");
  EXPECT_EQ(cast(R"("int")", R"("+1_000")"), "1000");
  EXPECT_EQ(cast(R"("float")", R"("1e3")"), "1000.0");
  EXPECT_EQ(cast(R"("float")", R"("-.5")"), "-0.5");
  EXPECT_EQ(cast(R"("float")", R"("010.5")"), "10.5");
  for (const auto* value :
       {R"("0x1F")", R"("0o17")", R"("1:30")", R"("1e3")", R"("+-1")", R"("1_")", R"("+")"}) {
    EXPECT_THAT(cast(R"("int")", value), HasSubstr("; allowed: a whole number")) << value;
  }
}

TEST(Cast, ToANumberIsLossless) {
  EXPECT_EQ(cast(R"("float")", "3"), "3.0");
  EXPECT_EQ(cast(R"("float")", R"("1.5")"), "1.5");
  for (const auto* value :
       {"9007199254740993", R"("9007199254740993")", R"(".inf")", R"("nan")", "true", "[]"}) {
    EXPECT_THAT(cast(R"("float")", value), HasSubstr("; allowed: a number")) << value;
  }
}

TEST(Cast, ToATruthTakesItsWordsAndZeroAndOne) {
  EXPECT_EQ(cast(R"("bool")", "true"), "true");
  EXPECT_EQ(cast(R"("bool")", R"("no")"), "false");
  EXPECT_EQ(cast(R"("bool")", "1"), "true");
  EXPECT_EQ(cast(R"("bool")", "0"), "false");
  for (const auto* value : {"2", R"("maybe")", R"("1")", "[true]"}) {
    EXPECT_THAT(cast(R"("bool")", value), HasSubstr("; allowed: true or false")) << value;
  }
}

TEST(Cast, OneValueBecomesAListOfIt) {
  EXPECT_EQ(cast(R"({"name": "list", "itemType": "int"})", R"("42")"), "[42]");
  EXPECT_EQ(cast(R"({"name": "Path", "multiple": true})", R"("/a")"), R"(["/a"])");
  EXPECT_EQ(cast(R"({"name": "task_file", "multiple": true})", R"("/a")"), R"(["/a"])");
  EXPECT_EQ(cast(R"({"name": "multiple_select", "options": ["a", "b"]})", R"("b")"), R"(["b"])");
  EXPECT_EQ(cast(R"({"name": "int_array", "size": 1})", "7"), "[7]");
}

TEST(Cast, ToAListCastsEachItem) {
  EXPECT_EQ(cast(R"({"name": "list", "itemType": "int"})", R"(["1", 2.0, 3])"), "[1,2,3]");
  EXPECT_EQ(cast(R"({"name": "editable_list", "itemType": "float"})", "[1]"), "[1.0]");
  EXPECT_EQ(cast(R"({"name": "list", "itemType": {"name": "list", "itemType": "int"}})", "[1, [2]]"),
            "[[1],[2]]");
  EXPECT_EQ(cast(R"({"name": "list", "itemType": "any"})", R"([null, {"a": 1}])"), R"([null,{"a":1}])");
  EXPECT_EQ(cast(R"({"name": "list", "itemType": "int"})", R"([1, "x"])"),
            "the text 'x'; allowed: a whole number");
  EXPECT_THAT(cast(R"({"name": "list", "itemType": "int"})", "[null]"), HasSubstr("nothing in a list"));
}

TEST(Cast, APathIsOneUnlessItIsMultiple) {
  EXPECT_EQ(cast(R"("Path")", R"("/a/b")"), R"("/a/b")");
  EXPECT_EQ(cast(R"("Path")", R"(["/a"])"), "a list; allowed: a path");
  EXPECT_EQ(cast(R"({"name": "Path", "multiple": true})", R"(["/a", "/b"])"), R"(["/a","/b"])");
  EXPECT_EQ(cast(R"({"name": "Path", "multiple": true})", "{}"), "a mapping; allowed: a list of paths");
}

TEST(Cast, AnArrayHasItsSize) {
  EXPECT_EQ(cast(R"({"name": "int_array", "size": 2})", R"(["1", 2])"), "[1,2]");
  EXPECT_EQ(cast(R"({"name": "int_array", "size": 2})", "[1]"),
            "a list of 1; allowed: a list of 2 whole numbers");
  EXPECT_EQ(cast(R"({"name": "int_array", "size": 2})", "1"),
            "the number 1; allowed: a list of 2 whole numbers");
}

TEST(Cast, AChoiceIsOneOfTheOptions) {
  EXPECT_EQ(cast(kChoice, "1"), "1");
  EXPECT_EQ(cast(kChoice, R"("1")"), "1");
  EXPECT_EQ(cast(kChoice, R"("high")"), R"("high")");
  EXPECT_EQ(cast(kChoice, R"("Low")"), "the text 'Low'; allowed: 1 or high");
  EXPECT_EQ(cast(R"({"name": "multiple_select", "options": ["a", "b"]})", R"(["a", "c"])"),
            "the text 'c'; allowed: a list of a or b");
}

TEST(Cast, ARangeHasBounds) {
  EXPECT_EQ(cast(kRange, "10"), "10");
  EXPECT_EQ(cast(kRange, R"("3")"), "3");
  EXPECT_EQ(cast(kRange, "2.5"), "2.5");
  EXPECT_EQ(cast(kRange, "11"), "the number 11; allowed: a number from 1 to 10");
  EXPECT_EQ(cast(kRange, "0.5"), "the number 0.5; allowed: a number from 1 to 10");
  EXPECT_EQ(cast(kRange, "true"), "the truth value true; allowed: a number from 1 to 10");
}

TEST(Cast, AMappingCastsItsKeysAndValues) {
  EXPECT_EQ(cast(R"({"name": "dict", "key": "int", "value": "int"})", R"({"1": "2"})"), R"({"1":2})");
  EXPECT_THAT(cast(R"({"name": "dict", "key": "int", "value": "int"})", R"({"a": 2})"),
              HasSubstr("the text 'a'"));
  EXPECT_THAT(cast(R"({"name": "dict", "key": "str", "value": "int"})", R"({"a": "b"})"),
              HasSubstr("the text 'b'"));
  EXPECT_THAT(cast(R"("dict")", "[1]"), HasSubstr("a list; allowed: a mapping"));
}

TEST(Cast, FramesAreTextNumbersOrALists) {
  EXPECT_EQ(cast(R"("FrameSet")", R"("1-50x5, 7")"), R"("1-50x5,7")");
  EXPECT_EQ(cast(R"("FrameSet")", "42"), R"("42")");
  EXPECT_EQ(cast(R"("FrameSet")", "[1, 2, 3, 9]"), R"("1-3,9")");
  for (const auto* value : {R"("all")", "1.5", "true", R"(["x"])", "{}"}) {
    EXPECT_THAT(cast(R"("FrameSet")", value), HasSubstr("; allowed: frames such as 1-50x5 or 42,78-102"))
        << value;
  }
}

TEST(Cast, AnyTakesAll) {
  for (const auto* value : {"1", R"("x")", "[1,{}]", R"({"a":null})"})
    EXPECT_EQ(cast(R"("any")", value), value);
}

class FromYaml : public testing::Test {
 protected:
  std::string read(const std::string& declaration, const std::string& text) {
    findings_ = {};
    const auto node = yaml::read_text(text, "a.yml", findings_);
    return read_value(*node, type_of(declaration), "the parameter 'p'", findings_).dump();
  }
  yaml::Findings findings_;
};

TEST_F(FromYaml, TextStaysAsItIsWritten) {
  EXPECT_EQ(read(R"("str")", "1.10"), R"("1.10")");
  EXPECT_EQ(read(R"("str")", "yes"), R"("yes")");
  EXPECT_EQ(read(R"("str")", "0x10"), R"("0x10")");
  EXPECT_EQ(read(R"({"name": "list", "itemType": "str"})", "[1.10, no]"), R"(["1.10","no"])");
  EXPECT_EQ(read(R"({"name": "dict", "value": "str"})", "{a: 010}"), R"({"a":"010"})");
  EXPECT_EQ(read(R"("FrameSet")", "1_0"), "null");
  EXPECT_EQ(read(R"("FrameSet")", "7"), R"("7")");
}

TEST_F(FromYaml, OtherScalarsAreWhatTheyMean) {
  EXPECT_EQ(read(R"("any")", "{a: 1, b: yes, c: 1.5, d: x, e: ~, f: '1', g: [.inf]}"),
            R"({"a":1,"b":true,"c":1.5,"d":"x","e":null,"f":"1","g":[".inf"]})");
  EXPECT_EQ(read(R"("int")", "'42'"), "42");
  EXPECT_EQ(read(R"("bool")", "on"), "true");
}

TEST_F(FromYaml, WhatDoesNotFitIsAFinding) {
  EXPECT_EQ(read(R"("int")", "many"), "null");
  EXPECT_EQ(findings_.text(), "a.yml:1:1: the parameter 'p' is the text 'many'; allowed: a whole number");
}

}  // namespace
}  // namespace silex::action
