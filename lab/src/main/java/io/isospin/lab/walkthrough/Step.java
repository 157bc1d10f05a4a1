package io.isospin.lab.walkthrough;

/**
 * One thing to type and what must come of it.
 *
 * @param row the row of the chapter that it belongs to
 * @param command what a shell runs
 * @param as whose credentials it has: admin or demo
 * @param saves the name of a variable that later commands find the output in, or empty
 */
record Step(String row, String command, Expectation expectation, String as, String saves) {
    static Step of(String row, String command, Expectation... expectations) {
        return new Step(row, command, Expectation.all(expectations), "admin", "");
    }

    Step as(String user) {
        return new Step(row, command, expectation, user, saves);
    }

    Step saves(String name) {
        return new Step(row, command, expectation, as, name);
    }

    /** What came of a command. */
    record Outcome(int exitStatus, String output) {}
}
