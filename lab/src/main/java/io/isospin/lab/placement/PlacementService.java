package io.isospin.lab.placement;

import io.isospin.lab.compute.Instance;
import io.isospin.lab.http.Answer;
import io.isospin.lab.http.Call;
import io.isospin.lab.http.Json;
import io.isospin.lab.http.Refusal;
import io.isospin.lab.http.Routes;
import io.isospin.lab.http.Service;
import io.isospin.lab.identity.Tokens;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * Placement over HTTP, reading only: the compute hosts as resource providers, their inventories, and what instances have
 * of them. Compute itself decides who goes where, so nothing is allocated here.
 */
public final class PlacementService implements Service {
    private static final int NEWEST = 12;
    private static final String PROVIDER = "/resource_providers/{uuid}";

    private final Tokens tokens;
    private final List<Provider> providers;
    private final Supplier<List<Instance>> instances;
    private final Routes routes = new Routes();

    /** {@code instances} are those that compute has. */
    public PlacementService(Tokens tokens, List<String> hosts, Supplier<List<Instance>> instances) {
        this.tokens = tokens;
        this.providers = hosts.stream().map(Provider::new).toList();
        this.instances = instances;
        routes.get("/", this::version)
                .get("/resource_providers", this::providers)
                .get(PROVIDER, call -> Answer.ok(provider(call).shown()))
                .get(
                        PROVIDER + "/inventories",
                        call -> Answer.ok(of(provider(call).inventories(), "inventories")))
                .get(PROVIDER + "/inventories/{class}", this::inventory)
                .get(PROVIDER + "/usages", call -> Answer.ok(of(provider(call).usages(instances.get()), "usages")))
                .get(PROVIDER + "/allocations", this::consumers)
                .get(PROVIDER + "/aggregates", call -> Answer.ok(known(call, "aggregates")))
                .get(
                        PROVIDER + "/traits",
                        call -> Answer.ok(
                                known(call, "traits").put("resource_provider_generation", Provider.GENERATION)))
                .get("/allocations/{uuid}", this::allocations)
                .get("/usages", this::usages)
                .get("/resource_classes", this::classes)
                .get("/traits", call -> Answer.ok(Json.object("traits", Json.array())))
                .get("/allocation_candidates", this::candidates);
    }

    @Override
    public Answer answer(Call call) {
        int minor = minor(call);
        return routes.answer(call)
                .orElseThrow(() -> Refusal.notFound("The resource could not be found."))
                .header("OpenStack-API-Version", "placement 1." + minor)
                .header("Vary", "OpenStack-API-Version");
    }

    @Override
    public Answer refused(Call call, Refusal refusal) {
        String title = switch (refusal.status()) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 406 -> "Not Acceptable";
            default -> "Error";
        };
        var errors = Json.object();
        var error = errors.putArray("errors")
                .addObject()
                .put("status", refusal.status())
                .put("title", title)
                .put("detail", refusal.message())
                .put("code", "placement.undefined_code");
        if (refusal.status() == 406) {
            // Clients go on with the newest of these.
            error.put("min_version", "1.0").put("max_version", "1." + NEWEST);
        }
        return Answer.json(refusal.status(), errors);
    }

    private static int minor(Call call) {
        String asked = call.header("openstack-api-version").orElse("").strip();
        if (!asked.startsWith("placement ")) {
            return 0;
        }
        String version = asked.substring("placement ".length()).strip();
        if (version.equals("latest")) {
            return NEWEST;
        }
        if (!version.matches("1\\.\\d{1,3}") || Integer.parseInt(version.substring(2)) > NEWEST) {
            throw new Refusal(406, "Unacceptable version header: " + version);
        }
        return Integer.parseInt(version.substring(2));
    }

    private Answer version(Call call) {
        var body = Json.object();
        var version = body.putArray("versions")
                .addObject()
                .put("id", "v1.0")
                .put("status", "CURRENT")
                .put("min_version", "1.0")
                .put("max_version", "1." + NEWEST);
        version.putArray("links").addObject().put("rel", "self").put("href", "");
        return Answer.ok(body);
    }

    private Answer providers(Call call) {
        requireAdmin(call);
        var name = call.parameter("name");
        var uuid = call.parameter("uuid");
        var wanted = call.parameter("resources").map(PlacementService::amounts).orElse(Map.of());
        return Answer.ok(Json.object(
                "resource_providers",
                Json.array(providers.stream()
                        .filter(one -> name.map(one.host()::equals).orElse(true))
                        .filter(one -> uuid.map(one.uuid()::equals).orElse(true))
                        .filter(one -> one.fits(wanted, instances.get()))
                        .map(Provider::shown)
                        .toList())));
    }

    private Provider provider(Call call) {
        requireAdmin(call);
        String uuid = call.variable("uuid");
        return providers.stream()
                .filter(one -> one.uuid().equals(uuid))
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("No resource provider with uuid " + uuid + " found"));
    }

    private static ObjectNode of(ObjectNode content, String name) {
        var body = Json.object().put("resource_provider_generation", Provider.GENERATION);
        body.set(name, content);
        return body;
    }

    private Answer inventory(Call call) {
        var provider = provider(call);
        String name = call.variable("class");
        if (!Provider.CLASSES.contains(name)) {
            throw Refusal.notFound("No inventory of class " + name + " for " + provider.uuid());
        }
        return Answer.ok(Provider.inventory(name).put("resource_provider_generation", Provider.GENERATION));
    }

    private ObjectNode known(Call call, String name) {
        provider(call);
        return Json.object(name, Json.array());
    }

    /** The allocations of a provider, by who has them. */
    private Answer consumers(Call call) {
        var provider = provider(call);
        var byConsumer = Json.object();
        for (var instance : provider.consumers(instances.get())) {
            byConsumer.putObject(instance.id().value()).set("resources", resources(instance));
        }
        return Answer.ok(of(byConsumer, "allocations"));
    }

    /** The allocations of a consumer; one that has none, or is not known, has an empty answer. */
    private Answer allocations(Call call) {
        requireAdmin(call);
        var body = Json.object();
        var byProvider = body.putObject("allocations");
        instances.get().stream()
                .filter(instance -> instance.id().value().equals(call.variable("uuid")))
                .findFirst()
                .ifPresent(instance -> providers.stream()
                        .filter(one -> one.host().equals(instance.host()))
                        .forEach(one -> {
                            byProvider
                                    .putObject(one.uuid())
                                    .put("generation", Provider.GENERATION)
                                    .set("resources", resources(instance));
                            if (minor(call) >= 12) {
                                body.put("project_id", instance.projectId())
                                        .put("user_id", instance.order().userId());
                            }
                        }));
        return Answer.ok(body);
    }

    private static ObjectNode resources(Instance instance) {
        var node = Json.object();
        Provider.resources(instance).forEach(node::put);
        return node;
    }

    /** What a project has, and one user of it where that is asked for. */
    private Answer usages(Call call) {
        requireAdmin(call);
        String project = call.parameter("project_id")
                .orElseThrow(() -> Refusal.badRequest(
                        "Invalid query string parameters: 'project_id' is a required" + " property"));
        var sums = new LinkedHashMap<String, Integer>();
        instances.get().stream()
                .filter(instance ->
                        !instance.host().isEmpty() && instance.projectId().equals(project))
                .filter(instance -> call.parameter("user_id")
                        .map(instance.order().userId()::equals)
                        .orElse(true))
                .forEach(instance ->
                        Provider.resources(instance).forEach((name, amount) -> sums.merge(name, amount, Integer::sum)));
        var usages = Json.object();
        sums.forEach(usages::put);
        return Answer.ok(Json.object("usages", usages));
    }

    private Answer classes(Call call) {
        requireAdmin(call);
        return Answer.ok(Json.object(
                "resource_classes",
                Json.array(Provider.CLASSES.stream()
                        .map(name -> Json.object().put("name", name))
                        .toList())));
    }

    /** Where resources can still be had, each provider by itself. */
    private Answer candidates(Call call) {
        requireAdmin(call);
        var wanted = amounts(call.parameter("resources")
                .orElseThrow(() ->
                        Refusal.badRequest("Invalid query string parameters: 'resources' is a required property")));
        var all = instances.get();
        var body = Json.object();
        var requests = body.putArray("allocation_requests");
        var summaries = body.putObject("provider_summaries");
        for (var provider : providers) {
            if (!provider.fits(wanted, all)) {
                continue;
            }
            var asked = Json.object();
            wanted.forEach(asked::put);
            var allocations = requests.addObject();
            if (minor(call) >= 12) {
                allocations.putObject("allocations").putObject(provider.uuid()).set("resources", asked);
            } else {
                var one = allocations.putArray("allocations").addObject();
                one.putObject("resource_provider").put("uuid", provider.uuid());
                one.set("resources", asked);
            }
            var summary = summaries.putObject(provider.uuid()).putObject("resources");
            var used = provider.usages(all);
            Provider.CLASSES.forEach(name -> summary.putObject(name)
                    .put("capacity", (int) (Provider.inventory(name)
                                    .path("total")
                                    .asInt()
                            * Provider.inventory(name).path("allocation_ratio").asDouble()))
                    .put("used", used.path(name).asInt()));
        }
        return Answer.ok(body);
    }

    /** Reads {@code VCPU:1,MEMORY_MB:512}. */
    private static Map<String, Integer> amounts(String text) {
        var amounts = new LinkedHashMap<String, Integer>();
        for (var part : text.split(",")) {
            if (!part.matches("[A-Z0-9_]+:[1-9]\\d{0,8}")) {
                throw Refusal.badRequest(
                        "Badly formed resources parameter. Expected resources query string parameter in form:"
                                + " ?resources=VCPU:2,MEMORY_MB:1024. Got: " + text + ".");
            }
            String[] pair = part.split(":");
            amounts.put(pair[0], Integer.parseInt(pair[1]));
        }
        return amounts;
    }

    private void requireAdmin(Call call) {
        var caller = call.header("x-auth-token").flatMap(tokens::find).orElseThrow(Refusal::unauthorized);
        if (!caller.admin()) {
            throw Refusal.forbidden("You are not authorized to perform the requested action.");
        }
    }
}
