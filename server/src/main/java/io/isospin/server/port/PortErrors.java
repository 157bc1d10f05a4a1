package io.isospin.server.port;

import io.isospin.core.net.IpAddress;
import io.isospin.server.api.BadRequest;
import io.isospin.server.api.Conflict;

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

    static Conflict ownedByService(String port, String owner) {
        return new Conflict(
                "ServicePortInUse",
                "Port " + port + " cannot be deleted directly via the port API: has device owner " + owner + ".");
    }

    static BadRequest tooManyPairs(int most) {
        return new BadRequest(
                "AllowedAddressPairExhausted", "The number of allowed address pair exceeds the maximum " + most + ".");
    }
}
