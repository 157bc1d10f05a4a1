package io.isospin.lab.compute.metadata;

import io.isospin.core.net.ResourceId;
import io.isospin.lab.compute.Instance;
import io.isospin.lab.compute.Passwords;
import io.isospin.lab.compute.instance.GuestSettings;
import io.isospin.lab.http.Answer;
import io.isospin.lab.http.Call;
import io.isospin.lab.http.Json;
import io.isospin.lab.http.Refusal;
import io.isospin.lab.http.Service;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Nova's metadata service: EC2's tree below {@code /VERSION}, and OpenStack's documents below {@code /openstack}. */
public final class MetadataService implements Service {
    private static final String TEXT = "text/plain; charset=UTF-8";
    private static final String OPENSTACK = "openstack";
    private static final String USER_DATA = "user-data";
    private static final String PASSWORD = "password";

    private final ProxiedRequest requests;
    private final Passwords passwords;

    /** {@code secret} is the metadata_proxy_shared_secret of Networking's agents. */
    public MetadataService(Function<ResourceId, Optional<Instance>> instances, Passwords passwords, String secret) {
        this.passwords = passwords;
        this.requests = new ProxiedRequest(instances, secret);
    }

    @Override
    public Answer answer(Call call) {
        List<String> path = Pattern.compile("/")
                .splitAsStream(call.path())
                .filter(part -> !part.isEmpty())
                .toList();
        if (path.isEmpty()) {
            return Answer.text(200, TEXT, String.join("\n", Ec2Metadata.VERSIONS));
        }
        Instance instance = requests.instance(call);
        if (path.getFirst().equals(OPENSTACK) && path.getLast().equals(PASSWORD) && path.size() == 3) {
            return password(call, path.get(1), instance.id());
        }
        return answer(path, instance, instance.guest().settings())
                .orElseThrow(() -> Refusal.notFound("The resource could not be found."));
    }

    /** What the guest has told before, or takes what it tells now. */
    private Answer password(Call call, String version, ResourceId server) {
        if (!OpenStackMetadata.VERSIONS.contains(version) || version.equals(OpenStackMetadata.VERSIONS.getFirst())) {
            throw Refusal.notFound("The resource could not be found.");
        }
        if (call.method().equals("POST")) {
            passwords.set(server, call.body());
            return Answer.empty(200);
        }
        return Answer.text(200, TEXT, passwords.of(server));
    }

    static Optional<Answer> answer(List<String> path, Instance instance, GuestSettings settings) {
        List<String> inside = path.subList(1, path.size());
        return path.getFirst().equals(OPENSTACK)
                ? openStack(instance, settings, inside)
                : ec2(instance, settings, path.getFirst(), inside);
    }

    private static Optional<Answer> ec2(Instance instance, GuestSettings settings, String version, List<String> path) {
        if (!Ec2Metadata.VERSIONS.contains(version)) {
            return Optional.empty();
        }
        if (path.isEmpty()) {
            return Optional.of(
                    Answer.text(200, TEXT, "meta-data/" + (settings.userData() == null ? "" : "\n" + USER_DATA)));
        }
        if (path.equals(List.of(USER_DATA))) {
            return userData(settings);
        }
        if (!path.getFirst().equals("meta-data")) {
            return Optional.empty();
        }
        return Ec2Metadata.print(instance, settings, path.subList(1, path.size()))
                .map(text -> Answer.text(200, TEXT, text));
    }

    private static Optional<Answer> openStack(Instance instance, GuestSettings settings, List<String> path) {
        if (path.isEmpty()) {
            return Optional.of(Answer.text(200, TEXT, String.join("\n", OpenStackMetadata.VERSIONS)));
        }
        if (!OpenStackMetadata.VERSIONS.contains(path.getFirst()) || path.size() > 2) {
            return Optional.empty();
        }
        return switch (path.size() == 1 ? "" : path.getLast()) {
            case "" -> Optional.of(Answer.text(200, TEXT, names(settings)));
            case "meta_data.json" -> Optional.of(Answer.ok(OpenStackMetadata.metaData(instance, settings)));
            case "network_data.json" -> Optional.of(Answer.ok(OpenStackMetadata.networkData(instance)));
            case "vendor_data.json", "vendor_data2.json" -> Optional.of(Answer.ok(Json.object()));
            case "user_data" -> userData(settings);
            default -> Optional.empty();
        };
    }

    private static String names(GuestSettings settings) {
        var names = new ArrayList<>(List.of("meta_data.json"));
        if (settings.userData() != null) {
            names.add("user_data");
        }
        names.addAll(List.of(PASSWORD, "vendor_data.json", "network_data.json", "vendor_data2.json"));
        return String.join("\n", names);
    }

    private static Optional<Answer> userData(GuestSettings settings) {
        return Optional.ofNullable(settings.userData())
                .map(text -> Answer.bytes(
                        "application/octet-stream", Base64.getMimeDecoder().decode(text)));
    }

    @Override
    public Answer refused(Call call, Refusal refusal) {
        return Answer.text(refusal.status(), TEXT, refusal.message() + "\n");
    }
}
