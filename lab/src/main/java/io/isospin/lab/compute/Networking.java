package io.isospin.lab.compute;

import io.isospin.core.net.IpAddress;
import io.isospin.core.net.MacAddress;
import io.isospin.core.net.ResourceId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Networking's public API, as far as compute uses it, with the token of whom it acts for. */
public interface Networking {
    record Network(
            ResourceId id,
            String name,
            String projectId,
            boolean shared,
            boolean external,
            boolean hasSubnets,
            int mtu) {}

    record Port(
            ResourceId id,
            ResourceId network,
            String projectId,
            MacAddress mac,
            List<IpAddress> addresses,
            String deviceId,
            String vifType,
            String status,
            ObjectNode body) {}

    /** Those that fit all of the filters. */
    List<Network> networks(String token, Map<String, String> filters);

    List<Port> ports(String token, Map<String, String> filters);

    Optional<Port> port(String token, ResourceId id);

    Port createPort(String token, ObjectNode port);

    Port updatePort(String token, ResourceId id, ObjectNode changes);

    /** Deletes a port; one that has gone is no failure. */
    void deletePort(String token, ResourceId id);

    /** The hosts that a port is bound to, the one where it is active first. */
    List<String> boundHosts(String token, ResourceId port);

    /** Binds a port to one host more, where it waits. */
    void createBinding(String token, ResourceId port, String host);

    /** Lets a port go over to a host that it is bound to already. */
    void activateBinding(String token, ResourceId port, String host);

    void deleteBinding(String token, ResourceId port, String host);

    /** How many ports a project has. */
    int portCount(String token, String project);

    /** How many ports a project may have; -1 for any number. */
    int portQuota(String token, String project);

    /** Networking refused, or cannot be reached (status 503). */
    final class Failure extends RuntimeException {
        private final int status;
        private final String type;

        public Failure(int status, String type, String message) {
            super(message);
            this.status = status;
            this.type = type;
        }

        public int status() {
            return status;
        }

        /** Networking's name for the error, such as {@code IpAddressGenerationFailure}. */
        public String type() {
            return type;
        }

        public String message() {
            return String.valueOf(getMessage());
        }
    }
}
