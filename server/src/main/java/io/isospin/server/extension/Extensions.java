package io.isospin.server.extension;

import io.isospin.server.api.Handler;
import io.isospin.server.api.NotFound;
import io.isospin.server.api.Request;
import io.isospin.server.api.Response;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v2.0/extensions}: what this server does beyond the core, and nothing that it does not. */
public final class Extensions implements Handler {
    private static final List<Extension> ALL = List.of(
            extension("agent", "agent", "The agent management extension.", "2013-02-03T10:00:00-00:00"),
            extension(
                    "allowed-address-pairs",
                    "Allowed Address Pairs",
                    "Provides allowed address pairs",
                    "2013-07-23T10:00:00-00:00"),
            extension(
                    "binding",
                    "Port Binding",
                    "Expose port bindings of a virtual port to external application",
                    "2014-02-03T10:00:00-00:00"),
            extension(
                    "empty-string-filtering",
                    "Empty String Filtering Extension",
                    "Allow filtering by attributes with empty string value",
                    "2018-05-01T10:00:00-00:00"),
            extension(
                    "external-net",
                    "Neutron external network",
                    "Adds external network attribute to network resource.",
                    "2013-01-14T10:00:00-00:00"),
            extension(
                    "extra_dhcp_opt",
                    "Neutron Extra DHCP options",
                    "Extra options configuration for DHCP. For example PXE boot options to DHCP clients can be specified (e.g. tftp-server, server-ip-address, bootfile-name)",
                    "2013-03-17T12:00:00-00:00"),
            extension(
                    "filter-validation",
                    "Filter parameters validation",
                    "Provides validation on filter parameters.",
                    "2018-03-21T10:00:00-00:00"),
            extension(
                    "ip-substring-filtering",
                    "IP address substring filtering",
                    "Provides IP address substring filtering when listing ports",
                    "2017-11-28T09:00:00-00:00"),
            extension(
                    "net-mtu",
                    "Network MTU",
                    "Provides MTU attribute for a network resource.",
                    "2015-03-25T10:00:00-00:00"),
            extension(
                    "net-mtu-writable",
                    "Network MTU (writable)",
                    "Provides a writable MTU attribute for a network resource.",
                    "2017-07-12T00:00:00-00:00"),
            extension(
                    "pagination",
                    "Pagination support",
                    "Extension that indicates that pagination is enabled.",
                    "2016-06-12T00:00:00-00:00"),
            extension(
                    "project-id",
                    "project_id field enabled",
                    "Extension that indicates that project_id field is enabled.",
                    "2016-09-09T09:09:09-09:09"),
            extension(
                    "provider",
                    "Provider Network",
                    "Expose mapping of virtual networks to physical networks",
                    "2012-09-07T10:00:00-00:00"),
            extension(
                    "quota_details",
                    "Quota details management support",
                    "Expose functions for quotas usage statistics per project",
                    "2017-02-10T10:00:00-00:00"),
            extension(
                    "quotas",
                    "Quota management support",
                    "Expose functions for quotas management per project",
                    "2012-07-29T10:00:00-00:00"),
            extension(
                    "revision-if-match",
                    "If-Match constraints based on revision_number",
                    "Extension indicating that If-Match based on revision_number is supported.",
                    "2016-12-11T00:00:00-00:00"),
            extension(
                    "sorting",
                    "Sorting support",
                    "Extension that indicates that sorting is enabled.",
                    "2016-06-12T00:00:00-00:00"),
            extension(
                    "standard-attr-description",
                    "standard-attr-description",
                    "Extension to add descriptions to standard attributes",
                    "2016-02-10T10:00:00-00:00"),
            extension(
                    "standard-attr-revisions",
                    "Resource revision numbers",
                    "This extension will display the revision number of neutron resources.",
                    "2016-04-11T10:00:00-00:00"),
            extension(
                    "standard-attr-timestamp",
                    "Resource timestamps",
                    "Adds created_at and updated_at fields to all Neutron resources that have Neutron standard attributes.",
                    "2016-09-12T10:00:00-00:00"));

    private static Extension extension(String alias, String name, String description, String updated) {
        return new Extension(alias, name, description, updated);
    }

    @Override
    public Response handle(Request request) {
        var path = request.path();
        if (!request.method().equals("GET") || path.size() > 2) {
            throw NotFound.page();
        }
        var body = JsonNodeFactory.instance.objectNode();
        if (path.size() == 1) {
            var list = body.putArray("extensions");
            ALL.forEach(extension -> list.add(document(extension)));
            return Response.ok(body);
        }
        String alias = path.get(1);
        var found = ALL.stream().filter(one -> one.alias().equals(alias)).findFirst();
        if (found.isEmpty()) {
            throw new NotFound("ExtensionNotFound", "Extension with alias " + alias + " does not exist");
        }
        body.set("extension", document(found.get()));
        return Response.ok(body);
    }

    private static ObjectNode document(Extension extension) {
        var out = JsonNodeFactory.instance
                .objectNode()
                .put("name", extension.name())
                .put("alias", extension.alias())
                .put("description", extension.description())
                .put("updated", extension.updated());
        out.putArray("links");
        return out;
    }
}
