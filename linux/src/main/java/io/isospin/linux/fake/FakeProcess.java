package io.isospin.linux.fake;

import io.isospin.linux.kernel.Command;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** A program that was to be started: its command is kept, and it runs until it is destroyed or told to end. */
public final class FakeProcess extends Process {
    private static final int SIGTERM_STATUS = 143;
    private static final AtomicLong PIDS = new AtomicLong(1L << 32); // no real process has such a number

    private final Command command;
    private final long pid = PIDS.incrementAndGet();
    private final CompletableFuture<Integer> status = new CompletableFuture<>();

    FakeProcess(Command command) {
        this.command = command;
    }

    public Command command() {
        return command;
    }

    /** Ends the program with a status. */
    public void end(int exitStatus) {
        status.complete(exitStatus);
    }

    @Override
    public long pid() {
        return pid;
    }

    @Override
    public boolean isAlive() {
        return !status.isDone();
    }

    @Override
    public int exitValue() {
        if (isAlive()) {
            throw new IllegalThreadStateException(command.words().getFirst() + " is running");
        }
        return status.join();
    }

    @Override
    public int waitFor() {
        return status.join();
    }

    @Override
    public CompletableFuture<Process> onExit() {
        return status.thenApply(ended -> this);
    }

    @Override
    public void destroy() {
        end(SIGTERM_STATUS);
    }

    @Override
    public Process destroyForcibly() {
        destroy();
        return this;
    }

    @Override
    public OutputStream getOutputStream() {
        return OutputStream.nullOutputStream();
    }

    @Override
    public InputStream getInputStream() {
        return InputStream.nullInputStream();
    }

    @Override
    public InputStream getErrorStream() {
        return InputStream.nullInputStream();
    }
}
