package dev.sallyport.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.sallyport.config.pem.CertifiedKey;
import dev.sallyport.config.pem.PemWriter;
import dev.sallyport.config.pki.CertificateAuthority;
import dev.sallyport.config.pki.CertificateSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * Two OpenID Connect issuers behind one HTTPS address: Keycloak's realm at {@code /realms/main} and
 * dex at {@code /dex}, with tokens as each of them writes them.
 */
final class TinyIssuer implements AutoCloseable {
  static final String KEYCLOAK = "/realms/main";
  static final String DEX = "/dex";

  private final CertificateAuthority authority;
  private final HttpsServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger keyRequests = new AtomicInteger();
  private volatile KeyPair key = newKey();
  private volatile String keyId = "key-1";

  private TinyIssuer(CertificateAuthority authority, HttpsServer server) {
    this.authority = authority;
    this.server = server;
  }

  static TinyIssuer start() throws IOException, GeneralSecurityException {
    Instant from = Instant.now().minusSeconds(60);
    Instant to = from.plus(Duration.ofHours(2));
    CertificateAuthority authority = CertificateAuthority.create("tiny idp", from, to);
    InetAddress here = InetAddress.getLoopbackAddress();
    CertifiedKey own =
        authority.issue(
            CertificateSpec.server(
                "localhost", List.of("localhost"), List.of(here), from, to.minusSeconds(60)));
    HttpsServer server = HttpsServer.create(new InetSocketAddress(here, 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context(own)));
    TinyIssuer issuer = new TinyIssuer(authority, server);
    server.setExecutor(issuer.threads);
    server.createContext(KEYCLOAK, exchange -> issuer.answer(exchange, KEYCLOAK));
    server.createContext(DEX, exchange -> issuer.answer(exchange, DEX));
    server.start();
    return issuer;
  }

  private static SSLContext context(CertifiedKey own) throws GeneralSecurityException, IOException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(null, null);
    keys.setKeyEntry("own", own.key(), new char[0], own.chain().toArray(X509Certificate[]::new));
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  String url(String issuer) {
    return "https://localhost:" + server.getAddress().getPort() + issuer;
  }

  /** The authority that its certificate comes from, as PEM. */
  String authority() {
    return PemWriter.certificate(authority.certificate());
  }

  /** How often the keys were asked for. */
  int keyRequests() {
    return keyRequests.get();
  }

  /** Signs with a new key from now on, and publishes no other. */
  void rotate() {
    key = newKey();
    keyId = "key-" + System.nanoTime();
  }

  String keySet() {
    RSAPublicKey rsa = (RSAPublicKey) key.getPublic();
    byte[] modulus = rsa.getModulus().toByteArray();
    return "{\"keys\":[{\"kty\":\"RSA\",\"use\":\"sig\",\"alg\":\"RS256\",\"kid\":\""
        + keyId
        + "\",\"n\":\""
        + base64url(Arrays.copyOfRange(modulus, 1, modulus.length))
        + "\",\"e\":\""
        + base64url(rsa.getPublicExponent().toByteArray())
        + "\"}]}";
  }

  /** An ID token as Keycloak writes it. */
  String keycloakToken(String user, String... groups) {
    return token(
        KEYCLOAK,
        "\"azp\":\"kubernetes\",\"typ\":\"ID\",\"sid\":\"4b9c\",\"acr\":\"1\",\"sub\":\"f-12\","
            + "\"email_verified\":true,\"email\":\""
            + user
            + "@example.com\",\"preferred_username\":\""
            + user
            + "\",\"groups\":"
            + list(groups));
  }

  /** An ID token as dex writes it. */
  String dexToken(String user, String... groups) {
    return token(
        DEX,
        "\"sub\":\"CgdqYW5lEgRsZGFw\",\"at_hash\":\"x1\",\"email_verified\":true,\"email\":\""
            + user
            + "@example.com\",\"name\":\""
            + user
            + "\",\"groups\":"
            + list(groups));
  }

  private static String list(String... texts) {
    return texts.length == 0 ? "[]" : "[\"" + String.join("\",\"", texts) + "\"]";
  }

  private String token(String issuer, String claims) {
    long now = Instant.now().getEpochSecond();
    String payload =
        "{\"iss\":\"%s\",\"aud\":\"kubernetes\",\"iat\":%d,\"exp\":%d,%s}"
            .formatted(url(issuer), now, now + 300, claims);
    String input =
        base64url("{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"" + keyId + "\"}")
            + "."
            + base64url(payload);
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key.getPrivate());
      signature.update(input.getBytes(StandardCharsets.US_ASCII));
      return input + "." + base64url(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private void answer(HttpExchange exchange, String issuer) throws IOException {
    String path = exchange.getRequestURI().getPath().substring(issuer.length());
    String body =
        switch (path) {
          case "/.well-known/openid-configuration" ->
              "{\"issuer\":\"%s\",\"jwks_uri\":\"%s/keys\"}".formatted(url(issuer), url(issuer));
          case "/keys" -> keySet();
          case "/protocol/openid-connect/token" ->
              "{\"access_token\":\"x\",\"id_token\":\"" + keycloakToken("jane", "oncall") + "\"}";
          default -> "";
        };
    if (path.equals("/keys")) {
      keyRequests.incrementAndGet();
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(body.isEmpty() ? 404 : 200, body.isEmpty() ? -1 : bytes.length);
    if (!body.isEmpty()) {
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }

  private static KeyPair newKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String base64url(String text) {
    return base64url(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String base64url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
