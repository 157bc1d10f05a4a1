package io.isospin.lab.compute.metadata;

import io.isospin.core.net.ResourceId;
import io.isospin.lab.compute.Instance;
import io.isospin.lab.http.Call;
import io.isospin.lab.http.Refusal;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Finds the instance that a request is made for, as Nova does behind service_metadata_proxy. */
final class ProxiedRequest {
    private static final String ALGORITHM = "HmacSHA256";

    private final Function<ResourceId, Optional<Instance>> instances;
    private final SecretKeySpec key;

    ProxiedRequest(Function<ResourceId, Optional<Instance>> instances, String secret) {
        this.instances = instances;
        this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    Instance instance(Call call) {
        String id = required(call, "X-Instance-ID");
        if (id.contains(",")) {
            throw Refusal.badRequest("Multiple X-Instance-ID headers found within request.");
        }
        String project = required(call, "X-Tenant-ID");
        String given = call.header("x-instance-id-signature").orElse("");
        if (!MessageDigest.isEqual(
                signature(id).getBytes(StandardCharsets.US_ASCII), given.getBytes(StandardCharsets.UTF_8))) {
            throw Refusal.forbidden("Invalid proxy request signature.");
        }
        return known(id)
                .filter(instance -> instance.projectId().equals(project))
                .orElseThrow(() -> Refusal.notFound("The resource could not be found."));
    }

    private Optional<Instance> known(String id) {
        try {
            return instances.apply(new ResourceId(id));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // a device id that is no instance's
        }
    }

    private static String required(Call call, String name) {
        return call.header(name.toLowerCase(Locale.ROOT))
                .orElseThrow(() -> Refusal.badRequest(name + " header is missing from request."));
    }

    private String signature(String id) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(id.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
