package io.isospin.lab.compute;

import io.isospin.core.net.ResourceId;
import io.isospin.lab.compute.instance.Vif;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** Waits for Networking's word that a port is wired ({@code network-vif-plugged}). */
final class VifEvents {
    private record Key(ResourceId server, ResourceId port) {}

    private final Map<Key, CompletableFuture<Boolean>> awaited = new ConcurrentHashMap<>();

    /** How a wait ended. */
    enum Outcome {
        PLUGGED,
        FAILED,
        TIMED_OUT;

        /** In words, for a log or a fault. */
        String why(List<Vif> vifs, VifPlugging plugging) {
            String ports = vifs.stream().map(vif -> vif.port().value()).collect(Collectors.joining(", "));
            return switch (this) {
                case PLUGGED -> "Networking has wired " + ports;
                case FAILED -> "Networking could not wire one of the ports " + ports;
                case TIMED_OUT ->
                    "Timeout of " + plugging.timeout().toSeconds() + " s waiting for network-vif-plugged of ports "
                            + ports;
            };
        }
    }

    /** Events that are waited for from now on, so that none is missed between asking and waiting. */
    final class Wait implements AutoCloseable {
        private final ResourceId server;
        private final Collection<ResourceId> ports;
        private final CompletableFuture<?> all;

        private Wait(ResourceId server, Collection<ResourceId> ports) {
            this.server = server;
            this.ports = ports;
            this.all = CompletableFuture.allOf(ports.stream()
                    .map(port -> awaited.computeIfAbsent(new Key(server, port), key -> new CompletableFuture<>()))
                    .toArray(CompletableFuture<?>[]::new));
        }

        /** Waits as a host's settings say; an interruption counts as a failure, as the lab ends. */
        Outcome await(VifPlugging plugging) {
            if (!plugging.waits()) {
                return Outcome.PLUGGED;
            }
            try {
                return await(plugging.timeout());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Outcome.FAILED;
            }
        }

        private Outcome await(Duration patience) throws InterruptedException {
            try {
                all.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                return Outcome.TIMED_OUT;
            } catch (ExecutionException e) {
                return Outcome.FAILED;
            }
            return Outcome.PLUGGED;
        }

        @Override
        public void close() {
            ports.forEach(port -> awaited.remove(new Key(server, port)));
        }
    }

    Wait expect(ResourceId server, List<Vif> vifs) {
        return new Wait(server, vifs.stream().map(Vif::port).toList());
    }

    /** Delivers an event; one that nobody waits for is dropped. */
    void deliver(ResourceId server, ResourceId port, boolean completed) {
        var future = awaited.get(new Key(server, port));
        if (future != null) {
            if (completed) {
                future.complete(true);
            } else {
                future.completeExceptionally(new IllegalStateException("Networking could not wire port " + port));
            }
        }
    }

    /** Ends all waits for a server that is to be deleted. */
    void cancel(ResourceId server) {
        awaited.forEach((key, future) -> {
            if (key.server().equals(server)) {
                future.completeExceptionally(new IllegalStateException("the server is being deleted"));
            }
        });
    }
}
