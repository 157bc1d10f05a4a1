"""Prints a Markdown table of a run of tempest: table.py TESTS SUBUNIT, the list of its tests and what became of them."""

import collections
import re
import sys

import subunit
import testtools

FAILED = {"fail", "uxsuccess", "exists", "inprogress"}


def class_of(test):
    """A class that is skipped as a whole is told as setUpClass (tempest.api.network.x.Class)."""
    whole = re.fullmatch(r"(setUpClass|tearDownClass) \((.*)\)", test)
    return whole.group(2) if whole else re.sub(r"\[.*", "", test).rpartition(".")[0]


def short(name):
    return name.removeprefix("tempest.api.network.")


def main(tests, stream):
    listed = collections.Counter()
    with open(tests, encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("tempest."):
                listed[class_of(line.strip())] += 1
    outcomes = collections.defaultdict(collections.Counter)
    reasons = collections.defaultdict(collections.Counter)
    failures = []

    def told(test):
        name, status = class_of(test["id"]), test["status"]
        whole = test["id"].startswith(("setUpClass", "tearDownClass"))
        if status == "skip":
            outcomes[name]["skipped"] += listed[name] if whole else 1
            reason = test["details"].get("reason")
            reasons[name][reason.as_text().strip() if reason else "no reason given"] += 1
        elif status in FAILED:
            outcomes[name]["failed"] += 1
            failures.append(test["id"])
        elif status == "success" and not whole:
            outcomes[name]["passed"] += 1

    result = testtools.StreamToDict(told)
    with open(stream, "rb") as source:
        result.startTestRun()
        subunit.ByteStreamToStreamResult(source, non_subunit_name="stdout").run(result)
        result.stopTestRun()

    print("| class | passed | skipped | failed | why skipped |")
    print("|---|---|---|---|---|")
    total = collections.Counter()
    for name in sorted(listed | {each: 0 for each in outcomes}):
        found = outcomes[name]
        total.update(found)
        why = "; ".join(sorted(reasons[name]))
        print(f"| {short(name)} | {found['passed']} | {found['skipped']} | {found['failed']} | {why} |")
    print(f"| **all {sum(listed.values())}** | {total['passed']} | {total['skipped']} | {total['failed']} | |")
    for failure in failures:
        print(f"\nFailed: {failure}", end="")
    print()


main(*sys.argv[1:])
