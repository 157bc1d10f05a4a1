package io.isospin.agent.metadata;

import io.isospin.agent.mirror.HostView;
import io.isospin.core.host.Unit;
import io.isospin.core.net.IpAddress;
import io.isospin.core.net.ResourceId;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Answers one request of a guest: finds its port, and asks Nova. */
public final class Answerer {
    private static final System.Logger LOG = System.getLogger(Answerer.class.getName());
    private static final Pattern HTML = Pattern.compile("(text/(html|\\*)|\\*/\\*)");

    private final Supplier<HostView> view;
    private final NovaMetadata nova;

    public Answerer(Supplier<HostView> view, NovaMetadata nova) {
        this.view = view;
        this.nova = nova;
    }

    Answer answer(ResourceId network, IpAddress source, Request request) {
        boolean html = HTML.matcher(request.header("accept").orElse("")).find();
        Optional<Unit.Reservation> port = Askers.find(view.get(), network, source)
                .filter(found -> found.deviceId() != null && !found.deviceId().isEmpty());
        if (port.isEmpty()) {
            LOG.log(Level.DEBUG, "{0} asks for metadata on network {1}, where no instance has it", source, network);
            return Answer.refusal(404, html);
        }
        return nova.ask(request, source, port.get(), html);
    }
}
