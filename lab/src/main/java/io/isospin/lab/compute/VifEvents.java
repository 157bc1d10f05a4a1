package io.isospin.lab.compute;

import io.isospin.core.net.ResourceId;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for Networking's word that a port is wired ({@code network-vif-plugged}). */
final class VifEvents {
    private record Key(ResourceId server, ResourceId port) {}

    private final Map<Key, CompletableFuture<Boolean>> awaited = new ConcurrentHashMap<>();

    /** How a wait ended. */
    enum Outcome {
        PLUGGED,
        FAILED,
        TIMED_OUT
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

        Outcome await(Duration patience) throws InterruptedException {
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

    Wait expect(ResourceId server, Collection<ResourceId> ports) {
        return new Wait(server, ports);
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
