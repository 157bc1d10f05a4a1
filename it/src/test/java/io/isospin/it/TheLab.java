package io.isospin.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

/** The lab of a test's world, started as people start it, and nothing of it left behind. */
final class TheLab {
    private TheLab() {}

    /** Answers what it says of itself. */
    static String start() throws IOException, InterruptedException {
        assertThat(Checkout.run(30, "./isospin", "lab", "status").output())
                .as("the tests want the lab for themselves: end yours with ./isospin lab stop")
                .contains("No lab is running");
        var lab = Checkout.run(120, "./isospin", "lab", "--detach", "--yes", "--fresh");
        System.out.println(lab.output());
        assertThat(lab.exitStatus()).as(lab.output()).isZero();
        return lab.output();
    }

    static void stop() throws IOException, InterruptedException {
        var stopped = Checkout.run(60, "./isospin", "lab", "stop");
        assertThat(stopped.exitStatus()).as(stopped.output()).isZero();
        assertThat(Checkout.run(10, "ip", "netns").output())
                .doesNotContain("controller01", "compute01", "compute02", "isospin-fabric");
        assertThat(Checkout.run(10, "pgrep", "-a", "-f", Checkout.HOME + "/target/dist/lib/|/var/lib/isospin/lab")
                        .output())
                .isEmpty();
    }

    /** Plays the chapter: every step has its tick. */
    static void play(String... options) throws IOException, InterruptedException {
        var command = new String[options.length + 2];
        command[0] = "./isospin";
        command[1] = "walkthrough";
        System.arraycopy(options, 0, command, 2, options.length);
        var played = Checkout.run(900, command);
        assertThat(played.output()).doesNotContain("\u2717").contains("all as they should be");
        assertThat(played.exitStatus()).isZero();
    }
}
