package io.isospin.server.subnetpool;

import io.isospin.server.api.BadRequest;
import io.isospin.server.api.Conflict;
import io.isospin.server.api.Failed;

/** Why subnet pools, and subnets from them, are refused, in Neutron's names and words. */
final class SubnetpoolErrors {
    private SubnetpoolErrors() {}

    static BadRequest noPrefixes() {
        return new BadRequest("EmptySubnetPoolPrefixList", "Empty subnet pool prefix list.");
    }

    static BadRequest mixedVersions() {
        return new BadRequest("PrefixVersionMismatch", "Cannot mix IPv4 and IPv6 prefixes in a subnet pool.");
    }

    static BadRequest prefixes(String reason) {
        return new BadRequest("IllegalSubnetPoolPrefixUpdate", "Illegal update to prefixes: " + reason + ".");
    }

    static BadRequest update(String reason) {
        return new BadRequest("IllegalSubnetPoolUpdate", "Illegal subnetpool update : " + reason + ".");
    }

    static BadRequest allocated() {
        return new BadRequest(
                "SubnetPoolDeleteError", "Unable to delete subnet pool: Subnet pool has existing allocations.");
    }

    static BadRequest secondDefault() {
        return BadRequest.input("A default subnetpool for this IP family has already been set. Only one default may"
                + " exist per IP family");
    }

    static BadRequest scopeVersion(String pool, String scope, int version) {
        return new BadRequest(
                "IllegalSubnetPoolIpVersionAssociationToAddressScope",
                "Illegal subnetpool association: subnetpool " + pool + " cannot associate with address scope " + scope
                        + " because subnetpool ip_version is not " + version + ".");
    }

    static Conflict scopePrefixes() {
        return new Conflict(
                "AddressScopePrefixConflict",
                "Failed to associate address scope: subnetpools within an address scope must have unique prefixes.");
    }

    static BadRequest scopeAffinity() {
        return new BadRequest(
                "NetworkAddressScopeAffinityError",
                "Subnets of the same address family hosted on the same network must all participate in the same"
                        + " address scope.");
    }

    static BadRequest poolAffinity() {
        return new BadRequest(
                "NetworkSubnetPoolAffinityError",
                "Subnets hosted on the same network must be allocated from the same subnet pool.");
    }

    static BadRequest tooShort(int length, int min) {
        return new BadRequest(
                "MinPrefixSubnetAllocationError",
                "Unable to allocate subnet with prefix length " + length + ", minimum allowed prefix is " + min + ".");
    }

    static BadRequest tooLong(int length, int max) {
        return new BadRequest(
                "MaxPrefixSubnetAllocationError",
                "Unable to allocate subnet with prefix length " + length + ", maximum allowed prefix is " + max + ".");
    }

    static Conflict quota() {
        return new Conflict("SubnetPoolQuotaExceeded", "Per-tenant subnet pool prefix quota exceeded.");
    }

    static Failed allocation(String reason) {
        return new Failed("SubnetAllocationError", "Failed to allocate subnet: " + reason + ".");
    }
}
