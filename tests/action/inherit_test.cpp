// !inherit: its forms, where it looks, and what is said where it leads nowhere.
#include "action/definition/inherit.hpp"

#include "definition_fixture.hpp"

namespace silex::action::test {
namespace {

using testing::HasSubstr;

class Inherit : public DefinitionTest {
 protected:
  Inherit() {
    write("r2/action/base.yml", "base: {label: of r2, steps: {s: {index: 3, commands: {c: {path: a.b}}}}}");
    write("r1/action/base.yml", "base: {label: of r1}");
    write("r2/other/base.yml", "base: {label: of other}\nparts: {one: {label: part}}");
  }
  std::string label_of(const std::string& text) {
    write("r1/action/a.yml", text);
    const auto definition = load("a");
    EXPECT_TRUE(findings_.empty()) << findings_.text();
    return definition ? definition->label.value_or("") : "none";
  }
};

TEST_F(Inherit, ABareParentIsInTheNextRoot) {
  EXPECT_EQ(label_of("a: !inherit base"), "of r2");
}

TEST_F(Inherit, ADotLooksFromThisRootOn) {
  EXPECT_EQ(label_of("a: !inherit .base"), "of r1");
  write("r3/action/last.yml", "last: {label: of r3}");
  EXPECT_EQ(label_of("a: !inherit .last"), "of r3");
}

TEST_F(Inherit, OfWhatIsInheritedStartsAtItsOwnRoot) {
  write("r2/action/middle.yml", "middle: !inherit deep");
  write("r2/action/deep.yml", "deep: {label: passed over}");
  write("r3/action/deep.yml", "deep: {label: of r3}");
  EXPECT_EQ(label_of("a: !inherit middle"), "of r3");
}

TEST_F(Inherit, HasAFormPerKindOfValue) {
  EXPECT_EQ(label_of("a: !inherit base"), "of r2");
  EXPECT_EQ(label_of("a: !inherit [base]"), "of r2");
  EXPECT_EQ(label_of("a: !inherit [base, parts.one, other]"), "part");
  EXPECT_EQ(label_of("a: !inherit {parent: base, category: other}"), "of other");
  EXPECT_EQ(label_of("a: !inherit {parent: base, label: own}"), "own");
}

TEST_F(Inherit, AKeyLeadsIntoWhatIsItselfInherited) {
  write("r2/action/middle.yml", "middle: !inherit {parent: .base, steps: {t: {label: own}}}");
  EXPECT_EQ(label_of("a: !inherit {parent: middle, key: middle.steps.t}"), "own");
  write("r1/action/b.yml", "b: {steps: {x: !inherit {parent: middle, key: middle.steps.s}}}");
  const auto definition = load("b");
  ASSERT_TRUE(definition) << findings_.text();
  EXPECT_EQ(definition->steps.at(0).commands.at(0).path, "a.b");
}

TEST_F(Inherit, TakesPartsOfItsOwnFile) {
  EXPECT_EQ(label_of("a: {label: !inherit [.a, texts.long]}\ntexts: {long: from below}"), "from below");
}

TEST_F(Inherit, FindsCyclesAndNamesThem) {
  EXPECT_EQ(findings_in("a: !inherit .a\n"),
            "r1/action/a.yml:1:4: an inheritance that leads back to itself: r1/action/a.yml:1 -> "
            "r1/action/a.yml:1; "
            "allowed: a parent that does not inherit this");
  write("r1/action/b.yml", "b: !inherit .c");
  write("r1/action/c.yml", "\nc:\n  steps: !inherit [.b, b.steps]");
  EXPECT_THAT(findings_of("b"),
              HasSubstr("leads back to itself: r1/action/b.yml:1 -> r1/action/c.yml:3 -> r1/action/b.yml:1"));
}

TEST_F(Inherit, EndsLongChains) {
  for (int i = 0; i < 100; ++i) {
    const std::string name = "l" + std::to_string(i);
    write("r1/action/" + name + ".yml", name + ": !inherit .l" + std::to_string(i + 1));
  }
  write("r1/action/l100.yml", "l100: {label: far}");
  EXPECT_THAT(findings_of("l0"), HasSubstr("a chain of more than 64 inheritances"));
  EXPECT_EQ(load("l50")->label, "far");
}

TEST_F(Inherit, BoundsWhatItMultiplies) {
  std::string text = "a: {steps: !inherit [.a, p9]}\np0: {k: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]}\n";
  for (int i = 1; i < 10; ++i) {
    text += "p" + std::to_string(i) + ":\n";
    for (int k = 0; k < 10; ++k) {
      text += "  k" + std::to_string(k) + ": !inherit [.a, p" + std::to_string(i - 1) + "]\n";
    }
  }
  EXPECT_THAT(findings_in(text), HasSubstr("with what it inherits, this has "));
}

TEST_F(Inherit, SaysWhichParentsThereAre) {
  EXPECT_EQ(findings_in("a: !inherit bsae\n"),
            "r1/action/a.yml:1:4: the parent 'bsae', which is not there; allowed: a file of that name in "
            "r2/action, "
            "r3/action; did you mean 'base'?");
  write("r3/action/b.yml", "b: !inherit base");
  EXPECT_EQ(
      findings_of("b"),
      "r3/action/b.yml:1:4: the parent 'base', which is not there; allowed: a parent in a later root, and "
      "there is none; '.base' is looked for from this root on");
}

TEST_F(Inherit, SaysWhichKeysThereAre) {
  EXPECT_EQ(
      findings_in("a: !inherit {parent: base, key: base.stpes.s}\n"),
      "r1/action/a.yml:1:4: the key 'base.stpes.s': there is no 'stpes' in r2/action/base.yml:1; allowed: "
      "label or steps; did you mean 'steps'?");
}

TEST_F(Inherit, RefusesFormsThatAreNone) {
  EXPECT_EQ(
      findings_in("a: !inherit {partner: base}\n"),
      "r1/action/a.yml:1:4: an !inherit without a parent; allowed: !inherit parent, !inherit [parent, key, "
      "category] or !inherit {parent: ..., key: ..., category: ...}");
  EXPECT_THAT(findings_in("a: !inherit {parent: [base]}\n"),
              HasSubstr("the parent of an !inherit is a list; allowed: text"));
  EXPECT_THAT(findings_in("a: !inherit [a, b, c, d]\n"), HasSubstr("a fourth value of an !inherit"));
  EXPECT_THAT(findings_in("a:\n  label: !inherit {parent: base, key: base.label, x: 1}\n"),
              HasSubstr("keys beside an inherited value that is the text 'of r2'"));
}

TEST_F(Inherit, WhatIsLeftWithoutAParentKnowsItsSize) {
  write("r1/action/a.yml", "a: !inherit {parent: nobody, key: b, label: x}");
  const SearchPath search_path({folder_ / "r1"});
  const auto document = Inheritance(search_path, findings_).document("action", "a");
  ASSERT_TRUE(document);
  EXPECT_EQ(document->nodes, 3U);
}

TEST_F(Inherit, AMisspeltKeyOfItIsNamedWithTheNearestRightOne) {
  EXPECT_EQ(
      findings_in("a: !inherit {parent: .base, categroy: other}\n"),
      "r1/action/a.yml:1:29: the unknown key 'categroy' of the action 'a'; allowed: label, hide, tooltip, "
      "thumbnail, shelf, tasks, steps, parent, key or category; did you mean 'category'?");
  // Elsewhere they are none.
  EXPECT_THAT(findings_in("a: !inherit {parent: base, steps: {s: {parnet: x}}}\n"),
              HasSubstr("allowed: label, hide, tooltip, index or commands"));
}

TEST_F(Inherit, AMisspeltKeyOfItIsNoNameOfAStep) {
  EXPECT_EQ(
      findings_in("a: {steps: !inherit {parent: base, key: base.steps, categroy: other}}\n"),
      "r1/action/a.yml:1:53: the unknown key 'categroy' of an !inherit, with the text 'other'; allowed: "
      "parent, key or category, or the name of a step with a mapping; did you mean 'category'?");
  EXPECT_THAT(findings_in("a: {tasks: !inherit {parent: base, key: base.steps, categroy: other}}\n"),
              HasSubstr("or the name of a type of task with a mapping; did you mean 'category'?"));
  EXPECT_EQ(label_of("a: {label: x, steps: !inherit {parent: base, key: base.steps, keys: {index: 1}}}"),
            "x");
}

TEST_F(Inherit, FindingsInAParentNameTheParentsFile) {
  write("r2/action/bad.yml", "bad:\n  lable: x\n");
  EXPECT_THAT(findings_in("a: !inherit bad"), HasSubstr("r2/action/bad.yml:2:3: the unknown key 'lable'"));
  write("r2/action/bad.yml", "bad: [");
  EXPECT_THAT(findings_in("a: !inherit bad"), HasSubstr("r2/action/bad.yml:"));
}

}  // namespace
}  // namespace silex::action::test
