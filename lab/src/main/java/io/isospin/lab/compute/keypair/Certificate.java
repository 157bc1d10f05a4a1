package io.isospin.lab.compute.keypair;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.HexFormat;
import java.util.Optional;

/** An X.509 certificate in PEM, which Nova takes as a key pair for guests that log in with one. */
public final class Certificate {
    private final byte[] encoded;

    private Certificate(byte[] encoded) {
        this.encoded = encoded;
    }

    public static Optional<Certificate> read(String pem) {
        try {
            var bytes = new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
            return Optional.of(new Certificate(CertificateFactory.getInstance("X.509")
                    .generateCertificate(bytes)
                    .getEncoded()));
        } catch (CertificateException e) {
            return Optional.empty();
        }
    }

    /** The SHA-1 of the certificate, in pairs of digits, as Nova shows it (nova/crypto.py). */
    public String fingerprint() {
        try {
            return HexFormat.ofDelimiter(":")
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(encoded));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
