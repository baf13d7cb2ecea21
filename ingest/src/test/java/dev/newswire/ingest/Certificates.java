// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Certificates of localhost, one valid and one expired, both of an issuer made for the test.
 *
 * @param key of both
 */
record Certificates(Certificate issuer, Key key, Certificate valid, Certificate expired) {

  private static final String PASSWORD = "changeit";

  /** Makes them with the keytool of this JDK. */
  static Certificates make(Path folder) throws Exception {
    keytool(folder, "-genkeypair -alias issuer -keyalg EC -dname CN=Issuer -ext bc:c");
    keytool(folder, "-genkeypair -alias server -keyalg EC -dname CN=localhost");
    keytool(folder, "-certreq -alias server -file request");
    String sign = "-gencert -alias issuer -infile request -ext san=dns:localhost -outfile ";
    keytool(folder, sign + "valid");
    keytool(folder, sign + "expired -startdate -30d -validity 10");
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve("keys"))) {
      store.load(in, PASSWORD.toCharArray());
    }
    return new Certificates(
        store.getCertificate("issuer"),
        store.getKey("server", PASSWORD.toCharArray()),
        certificate(folder.resolve("valid")),
        certificate(folder.resolve("expired")));
  }

  private static Certificate certificate(Path file) throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(file)) {
      return CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  private static void keytool(Path folder, String arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments.split(" ", -1)));
    command.addAll(List.of("-keystore", "keys", "-storepass", PASSWORD));
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
      throw new IllegalStateException(Files.readString(folder.resolve("keytool.log")));
    }
  }

  /** What a server needs to show one of them. */
  SSLContext server(Certificate shown) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("server", key, PASSWORD.toCharArray(), new Certificate[] {shown, issuer});
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  /** What a client needs to trust the issuer. */
  SSLContext client() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("issuer", issuer);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
