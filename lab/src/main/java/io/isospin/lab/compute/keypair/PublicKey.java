package io.isospin.lab.compute.keypair;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/** A public key as a line of {@code authorized_keys} has it: type, blob in base64, comment (RFC 4253, section 6.6). */
public final class PublicKey {
    private static final Set<String> TYPES = Set.of(
            "ssh-rsa",
            "ssh-dss",
            "ssh-ed25519",
            "ecdsa-sha2-nistp256",
            "ecdsa-sha2-nistp384",
            "ecdsa-sha2-nistp521",
            "sk-ssh-ed25519@openssh.com",
            "sk-ecdsa-sha2-nistp256@openssh.com");

    private final byte[] blob;

    private PublicKey(byte[] blob) {
        this.blob = blob;
    }

    /** Empty where it is no public key: the blob must begin with the type that the line does. */
    public static Optional<PublicKey> read(String line) {
        String[] words = line.strip().split("\\s+", 3);
        if (words.length < 2 || !TYPES.contains(words[0])) {
            return Optional.empty();
        }
        try {
            byte[] blob = Base64.getDecoder().decode(words[1]);
            byte[] type = words[0].getBytes(StandardCharsets.US_ASCII);
            var buffer = ByteBuffer.wrap(blob);
            if (blob.length <= 4 + type.length || buffer.getInt() != type.length) {
                return Optional.empty();
            }
            byte[] inside = new byte[type.length];
            buffer.get(inside);
            return MessageDigest.isEqual(inside, type) ? Optional.of(new PublicKey(blob)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The MD5 of the blob, in pairs of digits, as Nova shows it. */
    public String fingerprint() {
        try {
            return HexFormat.ofDelimiter(":")
                    .formatHex(MessageDigest.getInstance("MD5").digest(blob));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }
}
