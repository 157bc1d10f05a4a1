package io.isospin.linux.fake;

import io.isospin.core.net.InterfaceName;
import io.isospin.linux.kernel.NetworkNamespace;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/** Tells a listener of changes, in order, from a thread of its own. */
final class FakeWatch implements NetworkNamespace.Watch {
    private static final System.Logger LOG = System.getLogger(FakeWatch.class.getName());

    private final NetworkNamespace.Listener listener;
    private final Consumer<FakeWatch> onClose;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("fake links").factory());

    FakeWatch(NetworkNamespace.Listener listener, Consumer<FakeWatch> onClose) {
        this.listener = listener;
        this.onClose = onClose;
    }

    void changed(InterfaceName link) {
        tell(() -> listener.changed(link));
    }

    void lost() {
        tell(listener::lost);
    }

    private void tell(Runnable event) {
        try {
            thread.execute(() -> {
                try {
                    event.run();
                } catch (RuntimeException e) {
                    LOG.log(System.Logger.Level.ERROR, "a listener failed; it goes on listening", e);
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.log(System.Logger.Level.TRACE, "an event after the end of its watch");
        }
    }

    @Override
    public void close() {
        onClose.accept(this);
        thread.shutdown();
    }
}
