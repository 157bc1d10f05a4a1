"""
Prints a Markdown table of a run of tempest: table.py TESTS SUBUNIT EXCLUDED, the list of its tests, what became of them,
and the expressions that leave tests out, each with its reason behind a "#".
"""

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


def numbers(found):
    return " | ".join(str(found[each]) for each in ("passed", "skipped", "excluded", "failed"))


def left_out(excluded):
    with open(excluded, encoding="utf-8") as lines:
        for line in lines:
            expression, _, reason = line.strip().partition(" # ")
            yield re.compile(expression), reason


def main(tests, stream, excluded):
    out = list(left_out(excluded))
    listed = collections.Counter()
    outcomes = collections.defaultdict(collections.Counter)
    reasons = collections.defaultdict(collections.Counter)
    failures = []
    with open(tests, encoding="utf-8") as lines:
        for line in filter(lambda each: each.startswith("tempest."), lines):
            name = class_of(line.strip())
            listed[name] += 1
            for reason in (why for expression, why in out if expression.search(line)):
                outcomes[name]["excluded"] += 1
                reasons[name][f"excluded: {reason}"] += 1
                break

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

    print("| class | passed | skipped | excluded | failed | why |")
    print("|---|---|---|---|---|---|")
    total = collections.Counter()
    for name in sorted(listed | {each: 0 for each in outcomes}):
        found = outcomes[name]
        total.update(found)
        why = "; ".join(sorted(reasons[name]))
        print(f"| {short(name)} | {numbers(found)} | {why} |")
    print(f"| **all {sum(listed.values())}** | {numbers(total)} | |")
    for failure in failures:
        print(f"\nFailed: {failure}", end="")
    print()


main(*sys.argv[1:])
