package io.isospin.core.host;

import io.isospin.core.net.ResourceId;
import java.util.List;

/** A line of the stream from server to agent. Messages up to an {@link At} belong together. */
public sealed interface FeedMessage {
    /** Everything that the host must contain; what is not in it goes. */
    record Image(List<Unit> units) implements FeedMessage {}

    /** All units of one network; the network's other units go. Empty: the network has left the host. */
    record Network(ResourceId network, List<Unit> units) implements FeedMessage {}

    record Put(Unit unit) implements FeedMessage {}

    record Delete(Unit.Key key) implements FeedMessage {}

    /**
     * All changes up to {@code revision} have been sent. Repeated as a sign of life. {@code store} names the
     * database that counts the revisions, so that an agent never resumes against another one.
     */
    record At(String store, long revision) implements FeedMessage {}
}
