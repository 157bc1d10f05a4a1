package io.isospin.cli.bench;

import io.isospin.cli.bench.Target.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;

/** Several clients at once, each a platform thread with its own connection, that begin together. */
final class Fan {
    private final Target target;
    private final Errors errors;
    private final Stop stop;

    Fan(Target target, Errors errors, Stop stop) {
        this.target = target;
        this.errors = errors;
        this.stop = stop;
    }

    /** Deals the requests out to the clients; the times of all, from the first's begin to the last's end. */
    Timed time(List<Request> requests, int clients, int reconnect) {
        int count = Math.min(clients, requests.size());
        if (count == 0) {
            return Timed.joined(List.of());
        }
        var barrier = new CyclicBarrier(count);
        var tasks = new ArrayList<FutureTask<Timed>>();
        for (int i = 0; i < count; i++) {
            int first = i;
            var dealt = IntStream.range(0, requests.size())
                    .filter(index -> index % count == first)
                    .mapToObj(requests::get)
                    .toList();
            var task = new FutureTask<>(() -> client(dealt, barrier, reconnect));
            tasks.add(task);
            Thread.ofPlatform().name("client-" + i).daemon().start(task);
        }
        return Timed.joined(tasks.stream().map(Fan::result).toList());
    }

    private Timed client(List<Request> requests, CyclicBarrier barrier, int reconnect)
            throws InterruptedException, BrokenBarrierException {
        try (var client = new Client(target, errors, stop)) {
            client.time(List.of());
            barrier.await();
            return client.time(requests, reconnect);
        } catch (RuntimeException e) {
            barrier.reset(); // the others need not wait for one that could not connect
            throw e;
        }
    }

    private static Timed result(FutureTask<Timed> task) {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new BenchException("a client failed: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", e);
        }
    }
}
