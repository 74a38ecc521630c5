"""How tools/coverage reads citations."""

import importlib.machinery
import importlib.util
import pathlib
import unittest

PATH = str(pathlib.Path(__file__).resolve().parent / "coverage")
loader = importlib.machinery.SourceFileLoader("requirement_coverage", PATH)
coverage = importlib.util.module_from_spec(importlib.util.spec_from_loader(loader.name, loader))
loader.exec_module(coverage)


class Coverage(unittest.TestCase):
    def test_ids_and_ranges(self):
        self.assertEqual(list(coverage.cited("see B/FMT-02 and V/ID-01..03.")),
                         ["B/FMT-02", "V/ID-01", "V/ID-02", "V/ID-03"])

    def test_only_tests_count(self):
        files = {"src/a/x_test.cpp": "// B/FMT-02", "src/a/x.cpp": "// B/FMT-03",
                 "web/src/a.test.ts": "B/UI-01"}
        self.assertEqual(coverage.tests_by_id(files),
                         {"B/FMT-02": {"src/a/x_test.cpp"}, "B/UI-01": {"web/src/a.test.ts"}})


if __name__ == "__main__":
    unittest.main()
