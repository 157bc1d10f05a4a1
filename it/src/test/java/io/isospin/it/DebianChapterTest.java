package io.isospin.it;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The chapter on a running lab, with the client that Debian packages. */
class DebianChapterTest {
    @BeforeAll
    static void startTheLab() throws IOException, InterruptedException {
        TheLab.start();
    }

    @AfterAll
    static void stopTheLab() throws IOException, InterruptedException {
        TheLab.stop();
    }

    @Test
    void theChapterCanBePlayed() throws IOException, InterruptedException {
        TheLab.play("--debian");
    }
}
