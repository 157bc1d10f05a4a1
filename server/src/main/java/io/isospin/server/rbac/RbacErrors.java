package io.isospin.server.rbac;

import io.isospin.core.schema.PythonText;
import io.isospin.core.schema.Resource;
import io.isospin.server.api.BadRequest;
import io.isospin.server.api.Conflict;
import io.isospin.server.api.NotFound;
import java.util.List;
import java.util.stream.Collectors;

/** Why shares are refused, in Neutron's names and words. */
final class RbacErrors {
    private RbacErrors() {}

    static BadRequest noSuchType(String type) {
        return BadRequest.input(PythonText.quote(type) + " is not a valid RBAC object type");
    }

    static BadRequest noSuchAction(String action, Resource resource, List<String> actions) {
        String tuple = actions.stream().map(PythonText::quote).collect(Collectors.joining(", "));
        return new BadRequest(
                "InvalidActionForType",
                "Invalid action '" + action + "' for object type '" + resource.member() + "'. Valid actions: (" + tuple
                        + (actions.size() == 1 ? ",)" : ")"));
    }

    /** What there is not, or not for the caller, cannot be shared; the reason is that of looking it up. */
    static BadRequest unknown(Resource resource, String object) {
        String reason = NotFound.of(resource, object).text();
        return BadRequest.input(reason.substring(0, reason.length() - 1));
    }

    static BadRequest notTheirs(Resource resource) {
        String things = resource.member().equals("network") ? "networks" : "objects";
        return BadRequest.input("Only admins can manipulate policies on " + things + " they do not own");
    }

    static Conflict duplicate() {
        return new Conflict("DuplicateRbacPolicy", "An RBAC policy already exists with those values.");
    }

    static Conflict inUse(String object, String details) {
        return new Conflict(
                "RbacPolicyInUse",
                "RBAC policy on object " + object + " cannot be removed because other objects depend on it.\nDetails: "
                        + details);
    }

    static Conflict usedByOthers(String network) {
        return new Conflict("InvalidSharedSetting", unsharable(network));
    }

    static String unsharable(String network) {
        return "Unable to reconfigure sharing settings for network " + network + ". Multiple tenants are using it.";
    }

    static Conflict hasGateways(String network) {
        return new Conflict(
                "ExternalNetworkInUse",
                "External network " + network
                        + " cannot be updated to be made non-external, since it has existing gateway ports.");
    }
}
