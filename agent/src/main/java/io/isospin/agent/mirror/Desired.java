package io.isospin.agent.mirror;

import io.isospin.core.host.FeedMessage;
import io.isospin.core.host.HostState;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The latest state, and those who want to know of changes. One writer, any readers. */
public final class Desired {
    private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();
    private volatile HostView view = HostView.NONE;

    public HostView view() {
        return view;
    }

    /** Listeners are called on the writer's thread and must not block. */
    public void onChange(Consumer<Change> listener) {
        listeners.add(listener);
    }

    /** Starts from what was on disk. */
    void restore(HostState state) {
        view = HostView.of(state, false);
    }

    /** Takes messages that end with an At. */
    void apply(List<FeedMessage> messages) {
        HostView before = view;
        HostState state = before.state().with(messages);
        boolean onlySignOfLife = messages.size() == 1;
        if (onlySignOfLife && before.confirmed()) {
            view = new HostView(state, true, before.byNetwork());
            return;
        }
        HostView after = HostView.of(state, true);
        view = after;
        Change change = Change.of(before, after, messages);
        listeners.forEach(listener -> listener.accept(change));
    }
}
