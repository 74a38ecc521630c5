"""Each rule of tidy_rules, shown failing once and passing once."""

import unittest

import tidy_rules as tidy

ROOMS = {
    "src/base/CMakeLists.txt": "add_module(base LEVEL 0 LIBS fmt::fmt)",
    "src/crypto/CMakeLists.txt": "add_module(crypto LEVEL 1 DEPS base)  # why",
    "src/state/CMakeLists.txt":
        "add_module(state LEVEL 2\n  DEPS base crypto # both\n  TEST_LIBS cambium_store)",
    "src/store/CMakeLists.txt": "add_module(store LEVEL 2 DEPS base)",
}


def rules_broken(rule, files, rooms=True):
    repo = tidy.Repo({**(ROOMS if rooms else {}), **files})
    return [(f.path, f.line, f.rule) for f in rule(repo)]


class Levels(unittest.TestCase):
    def test_a_good_house_has_no_findings(self):
        self.assertEqual(rules_broken(tidy.check_modules, {}), [])

    def test_every_folder_is_a_module(self):
        found = rules_broken(tidy.check_modules, {"src/attic/x.cpp": ""})
        self.assertEqual(found, [("src/attic/CMakeLists.txt", 1, "module")])

    def test_a_dependency_must_be_of_a_lower_level(self):
        for level in (2, 3):
            rooms = {"src/store/CMakeLists.txt": f"add_module(store LEVEL {level})",
                     "src/state/CMakeLists.txt": "add_module(state LEVEL 2 DEPS store)"}
            found = rules_broken(tidy.check_modules, rooms)
            self.assertEqual(found, [("src/state/CMakeLists.txt", 1, "level")])

    def test_a_dependency_must_exist(self):
        rooms = {"src/base/CMakeLists.txt": "add_module(base LEVEL 1 DEPS cellar)"}
        found = rules_broken(tidy.check_modules, rooms, rooms=False)
        self.assertEqual(found, [("src/base/CMakeLists.txt", 1, "level")])


class Includes(unittest.TestCase):
    def broken(self, path, text):
        return rules_broken(tidy.check_includes, {path: text})

    def test_own_room_and_named_rooms_are_open(self):
        text = '#include "state/a.hpp"\n#include "crypto/b.hpp"\n#include <vector>\n'
        self.assertEqual(self.broken("src/state/x.cpp", text), [])

    def test_a_sibling_is_closed(self):
        found = self.broken("src/state/x.cpp", '\n#include "store/a.hpp"\n')
        self.assertEqual(found, [("src/state/x.cpp", 2, "include")])

    def test_tests_may_use_what_test_libs_name(self):
        self.assertEqual(self.broken("src/state/x_test.cpp", '#include "store/a.hpp"\n'), [])

    def test_an_unnamed_lower_room_is_closed(self):
        found = self.broken("src/store/x.hpp", '#include "crypto/a.hpp"\n')
        self.assertEqual(found, [("src/store/x.hpp", 1, "include")])

    def test_generated_messages_belong_to_schema(self):
        found = self.broken("src/state/x.cpp", '#include "cambium/bank/v1/bank.pb.h"\n')
        self.assertEqual(found, [("src/state/x.cpp", 1, "include")])

    def test_includes_are_relative_to_src(self):
        found = self.broken("src/state/x.cpp", '#include "x.hpp"\n')
        self.assertEqual(found, [("src/state/x.cpp", 1, "include")])

    def test_cycles_are_found_once(self):
        arrows = ("ab", "bc", "ca", "da")
        ring = {f"src/base/{a}.hpp": f'#include "base/{b}.hpp"' for a, b in arrows}
        self.assertEqual(rules_broken(tidy.check_cycles, ring), [("src/base/c.hpp", 1, "cycle")])
        del ring["src/base/c.hpp"]
        self.assertEqual(rules_broken(tidy.check_cycles, ring), [])


class Sizes(unittest.TestCase):
    def test_headers_and_sources(self):
        for path, limit in (("src/base/a.hpp", 200), ("src/base/a.cpp", 600)):
            broken = rules_broken(tidy.check_sizes, {path: "x\n" * (limit + 1)})
            self.assertEqual(broken, [(path, limit + 1, "size")])
        self.assertEqual(rules_broken(tidy.check_sizes, {"src/base/a.hpp": "x\n" * 200}), [])

    def test_long_sources_are_warned_about(self):
        repo = tidy.Repo({"src/base/a.cpp": "x\n" * 301})
        self.assertEqual([f.warning for f in tidy.check_all(repo) if f.rule == "size"], [True])

    def test_columns(self):
        files = {"src/base/a.cpp": "ok\n" + "x" * 101, "web/src/a.tsx": "x" * 100,
                 "docs/a.md": "x" * 500}
        found = rules_broken(tidy.check_columns, files)
        self.assertEqual(found, [("src/base/a.cpp", 2, "columns")])

    def test_folders_count_sources_and_not_their_tests(self):
        files = {f"src/base/a{i}.cpp": "" for i in range(25)}
        files.update({f"src/base/a{i}_test.cpp": "" for i in range(25)})
        self.assertEqual(rules_broken(tidy.check_folders, files), [])
        files["src/base/one_more.cpp"] = ""
        self.assertEqual(rules_broken(tidy.check_folders, files), [("src/base", 1, "folder")])

    def test_the_median_warns_and_fails_when_asked(self):
        repo = tidy.Repo({"src/base/a.cpp": "x\n" * 81})
        self.assertTrue(all(f.warning for f in tidy.check_median(repo)))
        self.assertFalse(any(f.warning for f in tidy.check_median(repo, strict=True)))


class Functions(unittest.TestCase):
    def sizes(self, text):
        return [lines for _, lines in tidy.functions(text)]

    def test_free_functions_and_members_count(self):
        text = "namespace a {\nint f(int x) {\n  return x;\n}\nstruct S {\n  int g() const {\n" \
               "    return 1;\n  }\n  int x = 2;\n};\n}\n"
        self.assertEqual(self.sizes(text), [3, 3])

    def test_inner_blocks_and_lambdas_belong_to_their_function(self):
        text = "void f() {\n  for (;;) {\n    auto g = [] {\n    };\n  }\n}\n"
        self.assertEqual(self.sizes(text), [6])

    def test_braces_in_strings_and_comments_do_not_count(self):
        text = 'void f() {  // {\n  g("{", \'{\', R"({)");  /* { */\n}\nvoid h() {\n}\n'
        self.assertEqual(self.sizes(text), [3, 2])

    def test_digit_separators_are_no_characters(self):
        self.assertEqual(self.sizes("int f() {\n  return 1'000'000;\n}\nint g() {\n}\n"), [3, 2])

    def test_constructors_with_initialisers_and_parameters_over_lines(self):
        text = "A::A(int x,\n     int y)\n    : x_(x), y_{y} {\n  go();\n}\n"
        self.assertEqual(self.sizes(text), [3])
        self.assertEqual(self.sizes("for_each(list, [](int x) {\n});\nint f() {\n}\n")[-1], 2)

    def test_tests_count_and_types_do_not(self):
        text = "TEST(A, b) {\n  x();\n}\nenum class E { a, b };\nconst int kTable[] = {\n1,\n2};\n"
        self.assertEqual(self.sizes(text), [3])

    def test_long_functions_are_found(self):
        text = "int f() {\n" + "  x();\n" * 69 + "}\n"
        self.assertEqual(rules_broken(tidy.check_functions, {"src/base/a.cpp": text}),
                         [("src/base/a.cpp", 1, "function")])


class Text(unittest.TestCase):
    def test_marks(self):
        mark = "TO" + "DO"
        found = rules_broken(tidy.check_marks, {"src/base/a.cpp": f"x\n// {mark}: later\n"})
        self.assertEqual(found, [("src/base/a.cpp", 2, "mark")])
        self.assertEqual(rules_broken(tidy.check_marks, {"a.cpp": f"k{mark}s"}), [])

    def test_paths_of_one_machine(self):
        for path in ("/wo" + "rk/main", "/ro" + "ot/.cargo", "/home/" + "ann/x",
                     "../sha" + "red/design/x.md"):
            found = rules_broken(tidy.check_machine, {"docs/a.md": f"\nsee {path}\n"})
            self.assertEqual(found, [("docs/a.md", 2, "machine")], path)
        fine = "state/ro" + "ot/x a/wo" + "rk/b https://x.org/home/page /home/cambium/data"
        self.assertEqual(rules_broken(tidy.check_machine, {"docs/a.md": fine}), [])

    def test_lock_files_name_public_registries(self):
        private = '"resolved": "https://npm.corp.example/x.tgz"'
        public = '"resolved": "https://registry.npmjs.org/x.tgz"'
        found = rules_broken(tidy.check_machine, {"web/package-lock.json": private})
        self.assertEqual(found, [("web/package-lock.json", 1, "machine")])
        self.assertEqual(rules_broken(tidy.check_machine, {"web/package-lock.json": public}), [])

    def test_names(self):
        found = rules_broken(tidy.check_names, {"src/base/MyFile.cpp": "", "web/src/App.tsx": ""})
        self.assertEqual(found, [("src/base/MyFile.cpp", 1, "name")])

    def test_headers_have_pragma_once(self):
        files = {"src/base/a.hpp": "int x;", "src/base/b.hpp": "// b\n#pragma once\n"}
        self.assertEqual(rules_broken(tidy.check_pragma, files), [("src/base/a.hpp", 1, "pragma")])


if __name__ == "__main__":
    unittest.main()
