package io.isospin.server.port;

import static io.isospin.server.api.Documents.id;
import static io.isospin.server.api.Documents.text;

import io.isospin.core.net.IpAddress;
import io.isospin.server.api.BadRequest;
import io.isospin.server.api.Conflict;
import io.isospin.server.api.Failed;
import io.isospin.server.api.NotFound;
import tools.jackson.databind.node.ObjectNode;

/** Why ports are refused, in Neutron's names and words. */
final class PortErrors {
    private PortErrors() {}

    static Conflict noMoreAddresses(String network) {
        return new Conflict("IpAddressGenerationFailure", "No more IP addresses available on network " + network + ".");
    }

    static Conflict noServiceSubnet(String network, String deviceOwner) {
        return new Conflict(
                "IpAddressGenerationFailureNoMatchingSubnet",
                "No valid service subnet for the given device owner, network " + network + ", service type "
                        + deviceOwner + ".");
    }

    static Conflict allocated(IpAddress address, String subnet) {
        return new Conflict(
                "IpAddressAlreadyAllocated", "IP address " + address + " already allocated in subnet " + subnet);
    }

    static BadRequest notOnNetwork(IpAddress address) {
        return new BadRequest(
                "InvalidIpForNetwork",
                "IP address " + address + " is not a valid IP for any of the subnets on the specified network.");
    }

    static BadRequest notInSubnet(IpAddress address) {
        return new BadRequest(
                "InvalidIpForSubnet", "IP address " + address + " is not a valid IP for the specified subnet.");
    }

    static BadRequest foreignSubnet(String network, String subnet) {
        return BadRequest.input("Failed to create port on network " + network
                + ", because fixed_ips included invalid subnet " + subnet);
    }

    static BadRequest automatic(IpAddress address, String subnet) {
        return BadRequest.input("IPv6 address " + address + " can not be directly assigned to a port on subnet "
                + subnet + " as the subnet is configured for automatic addresses");
    }

    static Conflict macInUse(String network, String mac) {
        return new Conflict(
                "MacAddressInUse",
                "Unable to complete operation for network " + network + ". The mac address " + mac + " is in use.");
    }

    static NotFound noBinding(String port, String host) {
        return new NotFound(
                "PortBindingNotFound", "Binding for port " + port + " for host " + host + " could not be found.");
    }

    static Conflict bindingExists(String port, String host) {
        return new Conflict(
                "PortBindingAlreadyExists", "Binding for port " + port + " on host " + host + " already exists.");
    }

    static Conflict bindingActive(String port, String host) {
        return new Conflict(
                "PortBindingAlreadyActive", "Binding for port " + port + " on host " + host + " is already active.");
    }

    static Failed bindingFailed(String port, String host) {
        return new Failed(
                "PortBindingError",
                "Binding for port " + port + " on host " + host + " could not be created or updated.");
    }

    static Conflict bound(ObjectNode port, String newMac) {
        return new Conflict(
                "PortBound",
                "Unable to complete operation on port " + id(port) + ", port is already bound, port type: "
                        + text(port, "binding:vif_type") + ", old_mac " + text(port, "mac_address") + ", new_mac "
                        + newMac + ".");
    }

    static Conflict ownedByService(String port, String owner) {
        return new Conflict(
                "ServicePortInUse",
                "Port " + port + " cannot be deleted directly via the port API: has device owner " + owner + ".");
    }

    static Conflict incompatibleHost(String host, String port) {
        return new Conflict(
                "HostNotCompatibleWithFixedIps",
                "Host " + host + " is not connected to a segment where the existing fixed_ips on port " + port
                        + " will function given the routed network topology.");
    }

    static BadRequest tooManyPairs(int most) {
        return new BadRequest(
                "AllowedAddressPairExhausted", "The number of allowed address pair exceeds the maximum " + most + ".");
    }
}
