package io.isospin.lab.launch;

import io.isospin.lab.compute.Networking;
import io.isospin.lab.compute.NetworkingClient;
import io.isospin.lab.host.LabException;
import io.isospin.lab.host.Scripts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits until the server answers and all agents have reported themselves. */
final class Readiness {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<Daemon> daemons;

    Readiness(List<Daemon> daemons) {
        this.daemons = daemons;
    }

    /** An answer, of any kind, to {@code GET /} of {@code at}. */
    void server(InetSocketAddress at) throws InterruptedException {
        await("the server answers on " + at, () -> answers(at));
    }

    void agents(NetworkingClient networking, Supplier<String> token, long count) throws InterruptedException {
        await(count + " agents report themselves", () -> {
            try {
                return networking.liveAgents(token.get()) >= count;
            } catch (Networking.Failure failure) {
                if (failure.status() == 503) {
                    return false;
                }
                throw new LabException("The server does not list its agents: " + failure.message(), failure);
            }
        });
    }

    // A relay takes a connection though nobody is behind it, so only an answer counts.
    private static boolean answers(InetSocketAddress at) {
        try (var socket = new Socket()) {
            socket.connect(at, 1000);
            socket.setSoTimeout(2000);
            socket.getOutputStream()
                    .write(("GET / HTTP/1.1\r\nHost: " + at.getHostString() + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().read() >= 0;
        } catch (IOException notYet) {
            return false;
        }
    }

    private void await(String what, BooleanSupplier condition) throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            for (var daemon : daemons) {
                if (!daemon.alive()) {
                    throw new LabException("The " + daemon.name() + " does not run. The end of its log " + daemon.log()
                            + ":\n" + Scripts.tail(daemon.log(), 15));
                }
            }
            if (Instant.now().isAfter(end)) {
                throw new LabException("It takes more than " + PATIENCE.toSeconds() + " s until " + what + ". Logs: "
                        + daemons.getFirst().log().getParent());
            }
            Thread.sleep(20);
        }
    }
}
