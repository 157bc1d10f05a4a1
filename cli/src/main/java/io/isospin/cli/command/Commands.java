package io.isospin.cli.command;

import io.isospin.core.schema.Catalogue;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** All commands by name. A resource that joins the catalogue has its commands from there on. */
public final class Commands {
    private final TreeMap<String, Supplier<Command>> commands = new TreeMap<>();

    public Commands() {
        for (var resource : Catalogue.ALL) {
            // Each resource with habits has its subject here; all others are served by the table alone.
            add(
                    switch (resource.member()) {
                        case "network" -> new NetworkSubject();
                        case "subnet" -> new SubnetSubject();
                        case "port" -> new PortSubject();
                        case "subnetpool" -> new SubnetpoolSubject();
                        case "address_scope" -> new AddressScopeSubject();
                        case "agent" -> new AgentSubject();
                        default -> new Subject(resource);
                    });
        }
        add(new ExtensionSubject());
        add(new IpAvailabilitySubject());
        commands.put("net-ip-availability-show", IpAvailabilityShow::new);
        for (var verb : TagCommand.Verb.values()) {
            commands.put("tag-" + verb.word, () -> new TagCommand(verb));
        }
        commands.put("wiring", WiringCommand::new);
        add(new AvailabilityZoneSubject());
        for (var verb : DhcpCommand.Verb.values()) {
            commands.put(verb.word, () -> new DhcpCommand(verb));
        }
        for (var verb : QuotaCommand.Verb.values()) {
            commands.put("quota-" + verb.word, () -> new QuotaCommand(verb));
        }
    }

    private void add(Subject subject) {
        for (var verb : subject.verbs()) {
            commands.put(
                    subject.word() + "-" + verb,
                    switch (verb) {
                        case "list" -> () -> new ListVerb(subject);
                        case "show" -> () -> new ShowVerb(subject);
                        case "create" -> () -> new CreateVerb(subject);
                        case "update" -> () -> new UpdateVerb(subject);
                        default -> () -> new DeleteVerb(subject);
                    });
        }
    }

    /** The command of that name, or the only one whose name begins so. */
    public Optional<Command> find(String name) {
        var exact = commands.get(name);
        if (exact != null) {
            return Optional.of(exact.get());
        }
        var candidates = beginning(name).toList();
        return candidates.size() == 1 ? find(candidates.getFirst()) : Optional.empty();
    }

    public List<String> names() {
        return List.copyOf(commands.keySet());
    }

    public Stream<String> beginning(String prefix) {
        return prefix.isEmpty() ? Stream.empty() : commands.keySet().stream().filter(name -> name.startsWith(prefix));
    }
}
