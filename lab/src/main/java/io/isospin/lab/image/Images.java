package io.isospin.lab.image;

import io.isospin.lab.compute.BootImages;
import io.isospin.lab.compute.instance.Drivers;
import io.isospin.lab.compute.instance.qemu.Disk;
import io.isospin.lab.http.Refusal;
import io.isospin.lab.identity.Directory;
import io.isospin.lab.identity.Token;
import io.isospin.lab.shelf.Kept;
import io.isospin.lab.shelf.Shelf;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The images that there are: the lab's own two, which stay, and those of its users, with their bytes in files. Who may
 * see one is decided here.
 */
public final class Images implements BootImages {
    private static final System.Logger LOG = System.getLogger(Images.class.getName());
    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
    private static final List<Image> OWN =
            List.of(own("cirros", Map.of()), own("cirros-qemu", Map.of(Drivers.PROPERTY, "qemu")));

    private final Kept<Image> kept;
    private final Path directory;
    private final Clock clock;
    private final Set<String> saving = ConcurrentHashMap.newKeySet();

    /** {@code directory} gets a file for each image that has data. */
    public Images(Shelf shelf, Path directory, Clock clock) {
        this.kept = new Kept<>(shelf, "images", Image::id, Image::json, Image::read);
        this.directory = directory;
        this.clock = clock;
    }

    private static Image own(String name, Map<String, String> properties) {
        String id = Directory.id("image", name).replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
        return new Image(
                id,
                Directory.id("project", "admin"),
                Image.ACTIVE,
                new Image.Basics(name, "public", "bare", "raw", 0, 0, true, false),
                List.of(),
                new TreeMap<>(properties),
                Optional.empty(),
                FIRST,
                FIRST);
    }

    private static boolean isOwn(Image image) {
        return OWN.stream().anyMatch(own -> own.id().equals(image.id()));
    }

    Instant now() {
        return clock.instant();
    }

    List<Image> visible(Token caller) {
        return Stream.concat(OWN.stream(), kept.all().stream())
                .filter(image -> sees(caller, image))
                .toList();
    }

    Image find(String id, Token caller) {
        return anyone(id)
                .filter(image -> sees(caller, image))
                .orElseThrow(() -> Refusal.notFound("No image found with ID " + id.replaceAll("[^\\w-]", "")));
    }

    /** The image, where the caller may do {@code action} to it. */
    Image owned(String id, Token caller, String action) {
        var image = find(id, caller);
        if (!caller.admin() && !image.owner().equals(caller.projectId())) {
            throw Refusal.forbidden("You are not authorized to complete " + action + " action.");
        }
        if (isOwn(image)) {
            throw Refusal.forbidden("Image " + id + " belongs to the lab and stays as it is.");
        }
        return image;
    }

    private Optional<Image> anyone(String id) {
        return OWN.stream().filter(image -> image.id().equals(id)).findFirst().or(() -> kept.find(id));
    }

    private static boolean sees(Token caller, Image image) {
        return caller.admin() || image.isPublic() || image.owner().equals(caller.projectId());
    }

    Image add(Image image, Token caller) {
        requirePublicize(image, caller);
        if (isOwn(image) || !kept.add(image)) {
            throw Refusal.conflict("Image ID " + image.id() + " already exists!");
        }
        return image;
    }

    /** Changes one that is there still. */
    Image update(Image image, Token caller, UnaryOperator<Image> change) {
        return kept.update(image.id(), old -> {
                    var changed = change.apply(old);
                    if (!old.basics().visibility().equals("public")) {
                        requirePublicize(changed, caller);
                    }
                    return changed;
                })
                .orElseThrow(() -> Refusal.notFound("No image found with ID " + image.id()));
    }

    private static void requirePublicize(Image image, Token caller) {
        if (image.basics().visibility().equals("public") && !caller.admin()) {
            throw Refusal.forbidden("You are not authorized to complete publicize_image action.");
        }
    }

    void remove(Image image) {
        if (image.basics().isProtected()) {
            throw Refusal.forbidden("Image " + image.id() + " is protected and cannot be deleted.");
        }
        kept.remove(image.id());
        try {
            Files.deleteIfExists(file(image.id()));
        } catch (IOException e) {
            throw new UncheckedIOException("removing the data of image " + image.id(), e);
        }
    }

    /** Takes what an image is; it is active when all has come, and queued again where that fails. */
    void upload(Image image, InputStream content) {
        var basics = image.basics();
        if (basics.containerFormat() == null || basics.diskFormat() == null) {
            throw Refusal.badRequest("Properties disk_format, container_format must be set prior to saving data.");
        }
        if (!image.status().equals(Image.QUEUED) || !saving.add(image.id())) {
            throw Refusal.conflict("Image status transition from "
                    + (image.status().equals(Image.QUEUED) ? "saving" : image.status()) + " to saving is not allowed");
        }
        Path part = directory.resolve(image.id() + ".part");
        try {
            Files.createDirectories(directory);
            var data = write(content, part);
            Files.move(part, file(image.id()), StandardCopyOption.ATOMIC_MOVE);
            kept.update(image.id(), now -> now.uploaded(data, now()));
            if (kept.find(image.id()).isEmpty()) {
                Files.deleteIfExists(file(image.id())); // deleted meanwhile
                throw new Refusal(
                        410,
                        "Image " + image.id() + " could not be found after upload. The image may have been"
                                + " deleted during the upload.");
            }
        } catch (IOException e) {
            throw new Refusal(503, "Error in store configuration. Adding images to store is disabled: " + e);
        } finally {
            saving.remove(image.id());
            try {
                Files.deleteIfExists(part);
            } catch (IOException e) {
                LOG.log(Level.WARNING, "{0} stays: {1}", part, e.toString());
            }
        }
    }

    private static Image.Data write(InputStream content, Path file) throws IOException {
        try {
            var md5 = MessageDigest.getInstance("MD5");
            var sha = MessageDigest.getInstance("SHA-512");
            long size;
            try (var out = new DigestOutputStream(new DigestOutputStream(Files.newOutputStream(file), md5), sha)) {
                size = content.transferTo(out);
            }
            var hex = HexFormat.of();
            return new Image.Data(size, hex.formatHex(md5.digest()), hex.formatHex(sha.digest()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5 and SHA-512", e);
        }
    }

    /** The bytes of an image that has some. */
    Path file(String id) {
        return directory.resolve(id);
    }

    @Override
    public Optional<BootImage> find(String id, String project, boolean admin) {
        return anyone(id)
                .filter(image -> admin || image.isPublic() || image.owner().equals(project))
                .map(image -> {
                    var properties = new TreeMap<>(image.properties());
                    if (image.data().isPresent()) {
                        // A disk is for a machine, unless its owner says otherwise.
                        properties.putIfAbsent(Drivers.PROPERTY, "qemu");
                    }
                    return new BootImage(
                            properties,
                            image.status(),
                            image.basics().minRam(),
                            image.basics().minDisk());
                });
    }

    /** The disk of an image that was uploaded; empty for the lab's own. */
    public Optional<Disk> disk(String id) {
        return kept.find(id)
                .filter(image -> image.data().isPresent())
                .map(image -> new Disk(file(id), String.valueOf(image.basics().diskFormat())));
    }
}
