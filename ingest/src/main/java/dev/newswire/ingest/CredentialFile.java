// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import dev.newswire.ingest.Credential.Login;
import dev.newswire.runtime.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.core5.ssl.SSLContextBuilder;

/**
 * The file that credentials are in: Java properties whose keys are a credential's name, a dot, and
 * what the value is. A value that is <code>${NAME}</code> is that variable's of the environment. No
 * message holds a value.
 */
final class CredentialFile {

  private static final Pattern KEY = Pattern.compile("^([a-z0-9][a-z0-9-]{0,63}+)\\.(.+)");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
  private static final Pattern PRINTABLE = Pattern.compile("[\\x20-\\x7e\\x80-\\uffff]*");
  private static final Pattern COOKIE = Pattern.compile("[\\x21-\\x7e&&[^\";,\\\\]]*");
  private static final Pattern HOST =
      Pattern.compile("(?:[^\\s/:@?#]+|\\[[0-9a-f:.]+])(?::\\d{1,5})?");

  /** What the client says by itself. */
  private static final Set<String> RESERVED =
      Set.of(
          "host",
          "connection",
          "content-length",
          "transfer-encoding",
          "accept-encoding",
          "te",
          "upgrade",
          "cookie",
          "proxy-authorization",
          "if-none-match",
          "if-modified-since");

  /** Headers that say nothing secret, whose values may well be in an answer. */
  private static final Set<String> OPEN =
      Set.of("accept", "accept-language", "from", "referer", "origin", "user-agent");

  private final Path file;
  private final String name;
  private final Map<String, String> values;
  private final Credential.Builder builder;

  private CredentialFile(Path file, String name, Map<String, String> values) {
    this.file = file;
    this.name = name;
    this.values = values;
    this.builder = new Credential.Builder(name);
  }

  static Map<String, Credential> read(Path file, Map<String, String> environment) {
    checkIsPrivate(file);
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new UserError("can't read the properties file '" + file + "'", e);
    }
    Map<String, Map<String, String>> byName = new TreeMap<>();
    for (String key : properties.stringPropertyNames()) {
      Matcher parts = KEY.matcher(key);
      if (!parts.matches()) {
        throw new UserError(
            "'%s': '%s' is not NAME.KEY, such as harbour.password".formatted(file, key));
      }
      byName
          .computeIfAbsent(parts.group(1), other -> new TreeMap<>())
          .put(parts.group(2), value(file, key, properties.getProperty(key), environment));
    }
    Map<String, Credential> credentials = new LinkedHashMap<>();
    byName.forEach(
        (name, values) ->
            credentials.put(name, new CredentialFile(file, name, values).credential()));
    return credentials;
  }

  private static String value(
      Path file, String key, String given, Map<String, String> environment) {
    String text = given.strip();
    Matcher variable = VARIABLE.matcher(text);
    if (variable.matches()) {
      text = environment.getOrDefault(variable.group(1), "");
      if (text.isEmpty()) {
        throw new UserError(
            "'%s': %s: the variable %s is not set".formatted(file, key, variable.group(1)));
      }
    }
    if (text.isEmpty() || !PRINTABLE.matcher(text).matches()) {
      throw new UserError(
          "'%s': %s: the value is empty, or holds a control character".formatted(file, key));
    }
    return text;
  }

  private static void checkIsPrivate(Path file) {
    if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      for (PosixFilePermission permission : permissions) {
        if (!permission.name().startsWith("OWNER_")) {
          throw new UserError(
              "'%s' is open to others than its owner; 'chmod 600 %s' closes it"
                  .formatted(file, file));
        }
      }
    } catch (IOException e) {
      throw new UserError("can't read the file '" + file + "'", e);
    }
  }

  private Credential credential() {
    for (String host : take("host").map(text -> text.split("[\\s,]+", -1)).orElse(new String[0])) {
      check(
          HOST.matcher(host.toLowerCase(Locale.ROOT)).matches(),
          "host",
          "is not HOST or HOST:PORT");
      builder.hosts.add(host.toLowerCase(Locale.ROOT));
    }
    take("http")
        .ifPresent(
            text -> {
              check(text.equals("allowed"), "http", "is not 'allowed'");
              builder.plainHttp = true;
            });
    login("user", "password").ifPresent(builder::login);
    take("bearer")
        .ifPresent(
            token -> {
              boolean isOnly = !builder.headers.containsKey("Authorization");
              check(isOnly, "bearer", "can't be given beside a user");
              builder.bearer(token);
            });
    builder.userAgent = take("user-agent");
    named("header", TOKEN, builder.headers);
    named("query", PRINTABLE, builder.query);
    named("cookie", TOKEN, builder.cookies);
    tls();
    proxy();
    values.keySet().stream()
        .findFirst()
        .ifPresent(
            key -> {
              throw fault(key, "is no key of a credential");
            });
    boolean says = !(builder.headers.isEmpty() && builder.query.isEmpty());
    if ((says || !builder.cookies.isEmpty() || builder.tls.isPresent())
        && builder.hosts.isEmpty()) {
      throw fault("host", "is missing: the hosts that the credential may be sent to");
    }
    return builder.build();
  }

  private Optional<String> take(String key) {
    return Optional.ofNullable(values.remove(key));
  }

  private Optional<Login> login(String userKey, String passwordKey) {
    Optional<String> user = take(userKey);
    Optional<String> password = take(passwordKey);
    check(user.isPresent() || password.isEmpty(), userKey, "is missing");
    check(user.isEmpty() || password.isPresent(), passwordKey, "is missing");
    check(!user.orElse("").contains(":"), userKey, "holds a colon");
    return user.map(given -> new Login(given, password.orElseThrow()));
  }

  /** Takes what has names of its own: {@code header.X-Api-Key}. */
  private void named(String kind, Pattern allowed, Map<String, String> into) {
    for (String key : Set.copyOf(values.keySet())) {
      if (!key.startsWith(kind + ".")) {
        continue;
      }
      String own = key.substring(kind.length() + 1);
      String value = values.remove(key);
      String lower = own.toLowerCase(Locale.ROOT);
      check(!own.isEmpty() && allowed.matcher(own).matches(), key, "is no name of one");
      check(!kind.equals("header") || !RESERVED.contains(lower), key, "can't be set");
      check(!kind.equals("cookie") || COOKIE.matcher(value).matches(), key, "is no cookie's value");
      boolean isTaken = into.keySet().stream().anyMatch(other -> other.equalsIgnoreCase(own));
      check(!kind.equals("header") || !isTaken, key, "is given twice, or beside a user");
      into.put(own, value);
      if (!kind.equals("header") || !OPEN.contains(lower)) {
        builder.secrets.add(value);
      }
    }
  }

  /** A certificate to show, as a PKCS #12 file, and authorities to trust, as a PEM file. */
  private void tls() {
    Optional<String> shown = take("certificate");
    Optional<String> password = take("certificate-password");
    Optional<String> trusted = take("authority");
    if (shown.isEmpty() && trusted.isEmpty()) {
      check(password.isEmpty(), "certificate", "is missing");
      return;
    }
    String key = "certificate";
    try {
      SSLContextBuilder context = SSLContextBuilder.create();
      if (shown.isPresent()) {
        Path own = file.resolveSibling(shown.get());
        checkIsPrivate(own);
        char[] secret = password.orElse("").toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(own)) {
          store.load(in, secret);
        }
        context.loadKeyMaterial(store, secret);
      }
      if (trusted.isPresent()) {
        key = "authority";
        context.loadTrustMaterial(authorities(file.resolveSibling(trusted.get())), null);
      }
      builder.tls = Optional.of(context.build());
    } catch (IOException | GeneralSecurityException e) {
      throw fault(key, "can't be read, or its password is wrong");
    }
  }

  private static KeyStore authorities(Path pem) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (InputStream in = Files.newInputStream(pem)) {
      for (Certificate authority :
          CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("authority-" + store.size(), authority);
      }
    }
    return store;
  }

  private void proxy() {
    Optional<Login> login = login("proxy-user", "proxy-password");
    Optional<String> address = take("proxy");
    check(address.isPresent() || login.isEmpty(), "proxy", "is missing");
    address.ifPresent(
        text -> builder.proxy = Optional.of(new Credential.Proxy(proxyAddress(text), login)));
    login.ifPresent(given -> builder.secrets.add(given.password()));
  }

  private URI proxyAddress(String text) {
    try {
      URI address = new URI(text);
      if ("http".equals(address.getScheme())
          && address.getHost() != null
          && address.getPort() > 0
          && address.getRawUserInfo() == null) {
        return address;
      }
    } catch (URISyntaxException e) {
      // Told like one that is none of http; the text may hold a password.
    }
    throw fault("proxy", "is not http://HOST:PORT");
  }

  private void check(boolean isRight, String key, String fault) {
    if (!isRight) {
      throw fault(key, fault);
    }
  }

  private UserError fault(String key, String fault) {
    return new UserError("'%s': %s.%s %s".formatted(file, name, key, fault));
  }
}
