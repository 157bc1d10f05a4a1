package io.isospin.server.port;

import static io.isospin.core.schema.Catalogue.NETWORK;
import static io.isospin.core.schema.Catalogue.PORT;
import static io.isospin.server.api.Documents.id;
import static io.isospin.server.api.Documents.text;

import io.isospin.core.schema.Bodies;
import io.isospin.core.schema.Schema;
import io.isospin.core.schema.Segmentation;
import io.isospin.server.agent.Agents;
import io.isospin.server.api.BadRequest;
import io.isospin.server.api.MemberHandler;
import io.isospin.server.api.MethodNotAllowed;
import io.isospin.server.api.NotFound;
import io.isospin.server.api.Operation;
import io.isospin.server.api.Operations;
import io.isospin.server.api.Parameter;
import io.isospin.server.api.Request;
import io.isospin.server.api.Response;
import io.isospin.server.network.Network;
import io.isospin.server.policy.Policy;
import io.isospin.server.store.Change;
import io.isospin.server.store.Decision;
import io.isospin.server.store.Store;
import io.isospin.server.store.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v2.0/ports/{id}/bindings}: a port's bindings to several hosts, with which Nova migrates instances. */
public final class Bindings implements MemberHandler {
    private final Store store;
    private final Placement placement;
    private final Binding binding;
    private final Policy policy;

    public Bindings(Store store, Agents agents, Placement placement, Policy policy) {
        this.store = store;
        this.policy = policy;
        this.placement = placement;
        this.binding = new Binding(agents);
    }

    @Override
    public Response handle(Request request, String port, List<String> rest) {
        return switch (rest.size()) {
            case 0 ->
                switch (request.method()) {
                    case "GET" -> Response.ok(store.read(view -> list(view, request, port)));
                    case "POST" -> new Response(201, written(view -> create(view, request, port)));
                    default -> throw new MethodNotAllowed();
                };
            case 1 -> member(request, port, rest.getFirst());
            case 2 -> {
                if (!rest.get(1).equals("activate") || !request.method().equals("PUT")) {
                    throw NotFound.page();
                }
                yield new Response(200, written(view -> activate(view, request, port, rest.getFirst())));
            }
            default -> throw NotFound.page();
        };
    }

    @Override
    public List<Operation> operations() {
        var binding = Segmentation.PORT_BINDING;
        var shown = Operations.shown(binding);
        var text = Schema.of("string");
        var filters = Stream.of("host", "vif_type", "vnic_type", "status")
                .map(name ->
                        new Parameter(name, Schema.listOf(text), "Only those whose " + name + " is one of these."));
        var query =
                Stream.concat(filters, Stream.of(Operations.fields(binding))).toList();
        return List.of(
                Operation.of("GET", "", "list_port_bindings", "List the hosts that the port is bound to")
                        .query(query)
                        .answers(
                                200,
                                Schema.of("object").mustKey("bindings", Schema.listOf(Schema.reference("binding"))))
                        .about(binding),
                Operation.of("POST", "", "create_port_binding", "Bind the port to one host more, which waits")
                        .takes(Schema.object().mustKey("binding", Schema.reference("binding_create")))
                        .answers(201, shown)
                        .about(binding),
                Operation.of("GET", "/{host}", "show_port_binding", "Show the port's binding to a host")
                        .answers(200, shown)
                        .about(binding),
                Operation.of("PUT", "/{host}", "update_port_binding", "Change the port's binding to a host")
                        .takes(Schema.object().mustKey("binding", Schema.reference("binding_update")))
                        .answers(200, shown)
                        .about(binding),
                Operation.of("DELETE", "/{host}", "delete_port_binding", "Take the port's binding to a host away"),
                Operation.of("PUT", "/{host}/activate", "activate_port_binding", "Let the port go over to a host")
                        .answers(200, shown)
                        .about(binding));
    }

    private Response member(Request request, String port, String host) {
        return switch (request.method()) {
            case "GET" ->
                Response.ok(answer(store.read(view -> of(view, compute(view, request, "get_port_binding", port), host)
                        .orElseThrow(() -> PortErrors.noBinding(port, host)))));
            case "PUT" -> new Response(200, written(view -> update(view, request, port, host)));
            case "DELETE" -> {
                store.write(view -> delete(view, request, port, host));
                yield Response.noContent();
            }
            default -> throw new MethodNotAllowed();
        };
    }

    private String written(Function<View, Decision<HostBinding>> decision) {
        return answer(store.write(decision)).toString();
    }

    private static ObjectNode answer(HostBinding binding) {
        return JsonNodeFactory.instance.objectNode().set("binding", binding.shown(List.of()));
    }

    /** The port, of which the caller may do as a rule says. */
    private ObjectNode compute(View view, Request request, String rule, String id) {
        var port = view.get(PORT, id).orElseThrow(() -> NotFound.of(PORT, id));
        policy.mayChange(view, PORT, rule, request.caller(), port);
        if (!text(port, "device_owner").startsWith("compute:")) {
            throw BadRequest.of("port", "Invalid port " + id + ". Operation only valid on compute ports");
        }
        return port;
    }

    private static Optional<HostBinding> of(View view, ObjectNode port, String host) {
        return text(port, "binding:host_id").equals(host)
                ? Optional.of(HostBinding.active(port))
                : HostBinding.inactive(view, id(port), host);
    }

    private ObjectNode list(View view, Request request, String id) {
        var port = compute(view, request, "get_port_binding", id);
        var fields = request.query().getOrDefault("fields", List.of());
        var body = JsonNodeFactory.instance.objectNode();
        var bindings = body.putArray("bindings");
        Stream.concat(Stream.of(HostBinding.active(port)), HostBinding.inactive(view, id).stream())
                .filter(one -> Stream.of("host", "vif_type", "vnic_type", "status")
                        .allMatch(name -> one.matches(name, request.query().getOrDefault(name, List.of()))))
                .forEach(one -> bindings.add(one.shown(fields)));
        return body;
    }

    private Decision<HostBinding> create(View view, Request request, String id) {
        var values = Bodies.post(Segmentation.PORT_BINDING, request.requiredBody(), "")
                .items()
                .getFirst();
        var port = compute(view, request, "create_port_binding", id);
        String host = text(values, "host");
        if (of(view, port, host).isPresent()) {
            throw PortErrors.bindingExists(id, host);
        }
        var made = HostBinding.waiting(bound(view, port, host, values));
        return new Decision<>(List.of(made.added()), made);
    }

    /** The port as it would be bound to a host with the values of a binding. */
    private ObjectNode bound(View view, ObjectNode port, String host, ObjectNode values) {
        var merged = port.deepCopy().put("binding:host_id", host);
        for (var name : List.of("vnic_type", "profile")) {
            if (values.has(name)) {
                merged.set("binding:" + name, values.path(name));
            }
        }
        binding.bind(view, merged, network(view, port));
        if (!Binding.isBound(merged)) {
            throw PortErrors.bindingFailed(id(port), host);
        }
        return merged;
    }

    private static Network network(View view, ObjectNode port) {
        String id = text(port, "network_id");
        return new Network(view.get(NETWORK, id).orElseThrow(() -> NotFound.of(NETWORK, id)));
    }

    private Decision<HostBinding> update(View view, Request request, String id, String host) {
        var values = Bodies.put(Segmentation.PORT_BINDING, request.requiredBody());
        var port = compute(view, request, "update_port_binding", id);
        var current = of(view, port, host).orElseThrow(() -> PortErrors.noBinding(id, host));
        String wanted = values.has("host") ? text(values, "host") : host;
        if (!values.has("profile")) {
            values.putObject("profile"); // as Neutron: a profile that is not named is emptied
        }
        var merged = bound(view, port, wanted, values);
        if (text(port, "binding:host_id").equals(host)) {
            var after = HostBinding.active(merged);
            return new Decision<>(placement.updated(view, network(view, port), port, after.asPort()), after);
        }
        var after = HostBinding.waiting(merged);
        return new Decision<>(List.of(current.replaced(after)), after);
    }

    /** The port goes over to a host that it is bound to already; the host that it leaves keeps an inactive binding. */
    private Decision<HostBinding> activate(View view, Request request, String id, String host) {
        var port = compute(view, request, "activate", id);
        if (text(port, "binding:host_id").equals(host)) {
            throw PortErrors.bindingActive(id, host);
        }
        var chosen = HostBinding.inactive(view, id, host).orElseThrow(() -> PortErrors.noBinding(id, host));
        var left = port.deepCopy().put("binding:vif_type", "unbound");
        left.putObject("binding:vif_details");
        var changes = new ArrayList<Change>();
        changes.add(chosen.removed());
        if (!text(port, "binding:host_id").isEmpty()) {
            changes.add(HostBinding.waiting(left).added());
        }
        changes.addAll(placement.updated(view, network(view, port), port, chosen.asPort()));
        var after = chosen.document().deepCopy().put("status", "ACTIVE");
        return new Decision<>(changes, new HostBinding(after));
    }

    private Decision<Boolean> delete(View view, Request request, String id, String host) {
        var port = view.get(PORT, id);
        if (port.isEmpty()) {
            return Decision.nothing(false);
        }
        policy.mayChange(view, PORT, "delete_port_binding", request.caller(), port.get());
        if (text(port.get(), "binding:host_id").equals(host)) {
            var unbound = JsonNodeFactory.instance.objectNode().put("binding:host_id", "");
            return new Decision<>(placement.updated(view, network(view, port.get()), port.get(), unbound), true);
        }
        return new Decision<>(
                HostBinding.inactive(view, id, host).stream()
                        .map(HostBinding::removed)
                        .toList(),
                true);
    }
}
