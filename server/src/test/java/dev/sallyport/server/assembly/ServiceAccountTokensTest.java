package dev.sallyport.server.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sallyport.authn.token.serviceaccount.BoundObject;
import dev.sallyport.authn.token.serviceaccount.ServiceAccountTokenIssuer;
import dev.sallyport.authn.token.serviceaccount.TokenSpec;
import dev.sallyport.config.ServerConfig;
import dev.sallyport.config.options.FileChecks;
import dev.sallyport.config.options.Invocation;
import dev.sallyport.config.options.ServerOptions;
import dev.sallyport.config.pem.Certificates;
import dev.sallyport.config.pem.PemWriter;
import dev.sallyport.config.pki.KeyPairs;
import dev.sallyport.server.bootstrap.FirstStart;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyPair;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens of service accounts at a whole server's door, over HTTPS. */
final class ServiceAccountTokensTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ISSUER = "https://kubernetes.default.svc";
  private static final String CORE = "/api/v1/namespaces/default/";
  private static final String WHO = "/apis/authentication.k8s.io/v1/selfsubjectreviews";
  private static final String WHO_BODY =
      "{\"kind\":\"SelfSubjectReview\",\"apiVersion\":\"authentication.k8s.io/v1\"}";
  private static final KeyPair SIGNING = KeyPairs.rsa2048();
  private static final KeyPair NEXT = KeyPairs.ecP256();

  @TempDir static Path folder;
  private static Sallyport server;
  private static HttpClient client;

  @BeforeAll
  static void start() throws Exception {
    Files.writeString(
        folder.resolve("tokens.csv"), "admin,boss,u1,system:masters\nplain,plain,u2\n");
    Files.writeString(folder.resolve("sign.key"), PemWriter.privateKey(SIGNING.getPrivate()));
    writeKeys(SIGNING, NEXT);
    List<String> args =
        List.of(
            "--data-dir=" + folder.resolve("data"),
            "--storage-engine=memory",
            "--secure-port=0",
            "--token-auth-file=" + folder.resolve("tokens.csv"),
            "--service-account-signing-key-file=" + folder.resolve("sign.key"),
            "--service-account-key-file=" + folder.resolve("keys.pem"));
    ServerConfig config = ((Invocation.Serve) ServerOptions.read(args, FileChecks.NONE)).config();
    FirstStart.prepare(config, Clock.systemUTC());
    server = Sallyport.start(config).toCompletableFuture().get(60, TimeUnit.SECONDS);
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(trusting(FirstStart.trust(config)))
            .build();
  }

  @AfterAll
  static void stop() throws Exception {
    var unused = server.stop().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private static SSLContext trusting(Path ca) throws Exception {
    KeyStore roots = KeyStore.getInstance("PKCS12");
    roots.load(null, null);
    roots.setCertificateEntry("ca", Certificates.read(ca).get(0));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(roots);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private static void writeKeys(KeyPair... pairs) throws IOException {
    StringBuilder text = new StringBuilder();
    for (KeyPair pair : pairs) {
      text.append(PemWriter.publicKey(pair.getPublic()));
    }
    Path next = folder.resolve("keys.pem.next");
    Files.writeString(next, text);
    Files.move(next, folder.resolve("keys.pem"), StandardCopyOption.ATOMIC_MOVE);
  }

  private static HttpResponse<String> call(String method, String path, String token, String body)
      throws Exception {
    URI uri = URI.create("https://127.0.0.1:" + server.address().getPort() + path);
    return client.send(
        HttpRequest.newBuilder(uri)
            .timeout(Duration.ofSeconds(20))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> response) throws Exception {
    return JSON.readTree(response.body());
  }

  private static JsonNode create(String path, String kind, String name, String more)
      throws Exception {
    String body =
        "{\"kind\":\"%s\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"%s\"}%s}"
            .formatted(kind, name, more);
    HttpResponse<String> response = call("POST", path, "admin", body);
    assertEquals(201, response.statusCode(), response.body());
    return json(response);
  }

  private static JsonNode account(String name) throws Exception {
    return create(CORE + "serviceaccounts", "ServiceAccount", name, "");
  }

  private static void delete(String path) throws Exception {
    HttpResponse<String> response = call("DELETE", path + "?gracePeriodSeconds=0", "admin", "");
    assertEquals(200, response.statusCode(), response.body());
  }

  private static HttpResponse<String> ask(String account, String spec, String as) throws Exception {
    return call(
        "POST",
        CORE + "serviceaccounts/" + account + "/token",
        as,
        "{\"kind\":\"TokenRequest\",\"apiVersion\":\"authentication.k8s.io/v1\",\"spec\":{"
            + spec
            + "}}");
  }

  private static String token(String account, String spec) throws Exception {
    HttpResponse<String> response = ask(account, spec, "admin");
    assertEquals(201, response.statusCode(), response.body());
    return json(response).at("/status/token").asText();
  }

  private static String bound(String account, String kind, String name) throws Exception {
    return token(
        account,
        "\"boundObjectRef\":{\"kind\":\"%s\",\"apiVersion\":\"v1\",\"name\":\"%s\"}"
            .formatted(kind, name));
  }

  private static int door(String token) throws Exception {
    return call("POST", WHO, token, WHO_BODY).statusCode();
  }

  /** Waits for what happens in the background: a controller's write, a reloaded file. */
  private static void until(Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.call()) {
      assertTrue(System.nanoTime() < end, "waited for 30 s in vain");
      Thread.sleep(50);
    }
  }

  private static String issued(KeyPair key, String account, String uid, Duration shift) {
    Clock clock = Clock.offset(Clock.systemUTC(), shift);
    return new ServiceAccountTokenIssuer(ISSUER, key.getPrivate(), key.getPublic(), clock)
        .issue(
            new TokenSpec(
                "default",
                new BoundObject(account, uid),
                List.of(ISSUER),
                Duration.ofHours(1),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()))
        .token();
  }

  @Test
  void case100AMinuteIsForgivenAndNoMore() throws Exception {
    String uid = account("a100").at("/metadata/uid").asText();
    assertEquals(201, door(issued(SIGNING, "a100", uid, Duration.ofMinutes(-60).minusSeconds(30))));
    assertEquals(401, door(issued(SIGNING, "a100", uid, Duration.ofMinutes(-60).minusSeconds(70))));
    assertEquals(201, door(issued(SIGNING, "a100", uid, Duration.ofSeconds(30))));
    assertEquals(401, door(issued(SIGNING, "a100", uid, Duration.ofSeconds(90))));
  }

  @Test
  void case102ARemovedKeyVerifiesNothingAnyMore() throws Exception {
    String uid = account("a102").at("/metadata/uid").asText();
    String old = issued(NEXT, "a102", uid, Duration.ZERO);
    assertEquals(201, door(old), "several keys at a time");
    assertEquals(401, door(issued(KeyPairs.ecP256(), "a102", uid, Duration.ZERO)));
    writeKeys(SIGNING);
    until(() -> door(old) == 401);
    HttpResponse<String> keys = call("GET", "/openid/v1/jwks", "admin", "");
    assertEquals(1, json(keys).path("keys").size(), keys.body());
    assertEquals(201, door(token("a102", "")), "the key that stayed");
    writeKeys(SIGNING, NEXT);
    until(() -> door(old) == 201);
    JsonNode both = json(call("GET", "/openid/v1/jwks", "admin", "")).path("keys");
    assertEquals("RS256", both.path(0).path("alg").asText(), "in the file's order");
    assertEquals("ES256", both.path(1).path("alg").asText());
  }

  @Test
  void case104OldTokenOfARecreatedAccountIsRefused() throws Exception {
    account("a104");
    String old = token("a104", "");
    assertEquals(201, door(old));
    delete(CORE + "serviceaccounts/a104");
    assertEquals(401, door(old), "at once");
    account("a104");
    assertEquals(401, door(old));
    assertEquals(201, door(token("a104", "")));
  }

  @Test
  void case105ATokenEndsWithItsPodSecretOrNode() throws Exception {
    account("a105");
    String pod =
        ",\"spec\":{\"serviceAccountName\":\"a105\",\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}";
    create(CORE + "secrets", "Secret", "s105", "");
    create(CORE + "pods", "Pod", "p105", pod);
    create("/api/v1/nodes", "Node", "n105", "");
    String toSecret = bound("a105", "Secret", "s105");
    String toPod = bound("a105", "Pod", "p105");
    String toNode = bound("a105", "Node", "n105");
    for (String token : List.of(toSecret, toPod, toNode)) {
      assertEquals(201, door(token));
    }
    delete(CORE + "secrets/s105");
    assertEquals(401, door(toSecret), "at once");
    delete(CORE + "pods/p105");
    assertEquals(401, door(toPod));
    delete("/api/v1/nodes/n105");
    assertEquals(401, door(toNode));
    create(CORE + "secrets", "Secret", "s105", "");
    create(CORE + "pods", "Pod", "p105", pod);
    create("/api/v1/nodes", "Node", "n105", "");
    for (String token : List.of(toSecret, toPod, toNode)) {
      assertEquals(401, door(token), "another uid");
    }
  }

  @Test
  void case106ATokenForAnotherAudienceOpensNothingHere() throws Exception {
    account("a106");
    String vault = token("a106", "\"audiences\":[\"vault\"]");
    assertEquals(401, door(vault));
    JsonNode forVault = review(vault, ",\"audiences\":[\"vault\",\"other\"]");
    assertTrue(forVault.path("authenticated").asBoolean());
    assertEquals("[\"vault\"]", forVault.path("audiences").toString());
    assertFalse(review(vault, "").path("authenticated").asBoolean());
    assertFalse(
        review(token("a106", ""), ",\"audiences\":[\"vault\"]").path("authenticated").asBoolean());
  }

  private static JsonNode review(String token, String more) throws Exception {
    HttpResponse<String> response =
        call(
            "POST",
            "/apis/authentication.k8s.io/v1/tokenreviews",
            "admin",
            "{\"kind\":\"TokenReview\",\"apiVersion\":\"authentication.k8s.io/v1\",\"spec\":{\"token\":\""
                + token
                + "\""
                + more
                + "}}");
    assertEquals(201, response.statusCode(), response.body());
    return json(response).path("status");
  }

  @Test
  void case107WhatNobodyGetsAToken() throws Exception {
    account("a107");
    create(
        CORE + "pods",
        "Pod",
        "others107",
        ",\"spec\":{\"serviceAccountName\":\"default\",\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}");
    assertEquals(422, ask("a107", "\"expirationSeconds\":599", "admin").statusCode());
    assertEquals(422, ask("a107", "\"expirationSeconds\":4294967297", "admin").statusCode());
    assertEquals(400, askBound("Pod", "v1", "others107", "").statusCode());
    assertEquals(400, askBound("Deployment", "apps/v1", "d", "").statusCode());
    create(CORE + "secrets", "Secret", "s107", "");
    assertEquals(409, askBound("Secret", "v1", "s107", "another").statusCode());
    assertEquals(403, ask("a107", "", "plain").statusCode());
  }

  private static HttpResponse<String> askBound(
      String kind, String apiVersion, String name, String uid) throws Exception {
    return ask(
        "a107",
        "\"boundObjectRef\":{\"kind\":\"%s\",\"apiVersion\":\"%s\",\"name\":\"%s\",\"uid\":\"%s\"}"
            .formatted(kind, apiVersion, name, uid),
        "admin");
  }

  @Test
  void aSecretHoldsATokenThatEndsWithIt() throws Exception {
    account("a0");
    String token = secretToken("held", "a0");
    assertEquals(201, door(token));
    String today = LocalDate.now(ZoneOffset.UTC).toString();
    until(
        () ->
            today.equals(
                secret("held")
                    .at("/metadata/labels")
                    .path("kubernetes.io/legacy-token-last-used")
                    .asText()));
    delete(CORE + "secrets/held");
    assertEquals(401, door(token), "at once");
    String again = secretToken("held", "a0");
    assertEquals(401, door(token), "the secret made anew holds another one");
    assertEquals(201, door(again));
    delete(CORE + "serviceaccounts/a0");
    assertEquals(401, door(again), "at once");
    until(() -> call("GET", CORE + "secrets/held", "admin", "").statusCode() == 404);
  }

  private static JsonNode secret(String name) throws Exception {
    return json(call("GET", CORE + "secrets/" + name, "admin", ""));
  }

  private static String secretToken(String name, String account) throws Exception {
    HttpResponse<String> made =
        call(
            "POST",
            CORE + "secrets",
            "admin",
            "{\"kind\":\"Secret\",\"apiVersion\":\"v1\",\"type\":\"kubernetes.io/service-account-token\","
                + "\"metadata\":{\"name\":\"%s\",\"annotations\":{\"kubernetes.io/service-account.name\":\"%s\"}}}"
                    .formatted(name, account));
    assertEquals(201, made.statusCode(), made.body());
    until(() -> secret(name).path("data").has("token"));
    byte[] token = Base64.getDecoder().decode(secret(name).at("/data/token").asText());
    return new String(token, StandardCharsets.UTF_8);
  }
}
