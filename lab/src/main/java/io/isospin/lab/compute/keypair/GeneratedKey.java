package io.isospin.lab.compute.keypair;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;

/** A key pair made for a user, as Nova makes it: RSA of 2048 bits, the private half in PEM, which nobody keeps. */
public record GeneratedKey(String publicKey, String privateKey) {
    private static final int BITS = 2048;

    public static GeneratedKey make() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            var pair = generator.generateKeyPair();
            var key = (RSAPublicKey) pair.getPublic();
            String blob = Base64.getEncoder().encodeToString(blob(key));
            String body = Base64.getMimeEncoder(64, new byte[] {'\n'})
                    .encodeToString(pair.getPrivate().getEncoded());
            return new GeneratedKey(
                    "ssh-rsa " + blob + " Generated-by-Nova",
                    "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has RSA", e);
        }
    }

    private static byte[] blob(RSAPublicKey key) {
        var out = new ByteArrayOutputStream();
        field(out, "ssh-rsa".getBytes(StandardCharsets.US_ASCII));
        field(out, key.getPublicExponent());
        field(out, key.getModulus());
        return out.toByteArray();
    }

    private static void field(ByteArrayOutputStream out, BigInteger number) {
        field(out, number.toByteArray());
    }

    private static void field(ByteArrayOutputStream out, byte[] bytes) {
        out.writeBytes(ByteBuffer.allocate(4).putInt(bytes.length).array());
        out.writeBytes(bytes);
    }
}
