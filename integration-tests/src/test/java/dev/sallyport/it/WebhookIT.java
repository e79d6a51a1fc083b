package dev.sallyport.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sallyport.config.pem.PemWriter;
import dev.sallyport.config.pki.CertificateAuthority;
import dev.sallyport.webhook.stub.StubReply;
import dev.sallyport.webhook.stub.StubRequest;
import dev.sallyport.webhook.stub.StubServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** README's lines about webhooks, against a small webhook that knows one token and one answer. */
@Needs({"curl", "kubectl"})
final class WebhookIT {

  @TempDir static Path folder;
  private static StubServer hook;

  @BeforeAll
  static void startHook() throws Exception {
    CertificateAuthority authority = StubServer.authority("hook-ca");
    hook = StubServer.start(StubServer.certificate(authority), WebhookIT::answer);
    Files.writeString(
        folder.resolve("hook-ca.crt"), PemWriter.certificates(List.of(authority.certificate())));
  }

  @AfterAll
  static void stopHook() throws IOException {
    hook.close();
  }

  private static void answer(StubRequest request, OutputStream out) throws IOException {
    if (request.line().contains(" /oauth2/introspect ")) {
      boolean known = request.text().contains("token=opq_1&");
      String user = ",\"username\":\"ola\",\"aud\":\"kube\",\"scope\":\"a b\"";
      StubReply.whole(
          out, 200, "application/json", "{\"active\":" + known + (known ? user : "") + "}");
      return;
    }
    JsonNode review = new JsonMapper().readTree(request.body());
    String status =
        review.path("kind").asText().equals("TokenReview") ? token(review) : access(review);
    String answer =
        "{\"apiVersion\":%s,\"kind\":%s,\"status\":%s}"
            .formatted(review.path("apiVersion"), review.path("kind"), status);
    StubReply.whole(out, 200, "application/json", answer);
  }

  private static String token(JsonNode review) {
    return List.of("opaque", "ci_1").contains(review.path("spec").path("token").asText())
        ? "{\"authenticated\":true,\"user\":{\"username\":\"ann\",\"groups\":[\"dev\"]}}"
        : "{\"authenticated\":false}";
  }

  private static String access(JsonNode review) {
    JsonNode spec = review.path("spec");
    boolean allowed =
        spec.path("user").asText().equals("ann")
            && spec.path("resourceAttributes").path("resource").asText().equals("secrets");
    return "{\"allowed\":" + allowed + "}";
  }

  @Test
  void readmesLinesWork() throws IOException {
    List<String> authn = ReadmeIT.block("### Webhook token authentication");
    List<String> authz = ReadmeIT.block("### Asking a webhook for the decision");
    int first = start(authn);
    int second = start(authz);
    type(Map.of(), ports(authn.subList(0, first)));
    type(Map.of(), ports(authz.subList(0, second)));
    try (SallyportProcess server =
        SallyportProcess.start(
            folder,
            flags(authn.get(first), 0),
            flags(authn.get(first), 1),
            flags(authz.get(second), 0))) {
      Tool.Result known = type(server, authn.subList(first + 1, authn.size()));
      assertTrue(known.out().contains("User \\\"ann\\\" cannot list resource"), known.out());

      Tool.Result allowed = type(server, authz.subList(second + 1, authz.size()));
      assertEquals("yes\n", allowed.out());
      Tool.Result refused = server.kubectl("auth can-i list secrets -n default --as=bob");
      assertTrue(refused.out().startsWith("no"), refused.out());
      Tool.Result elsewhere = server.kubectl("auth can-i list secrets -n kube-system --as=ann");
      assertTrue(elsewhere.out().startsWith("no"), elsewhere.out());
    }
  }

  @Test
  void readmesOpaqueTokensAreAskedAbout() throws IOException {
    List<String> authn = ReadmeIT.block("### Webhook token authentication");
    List<String> opaque = ReadmeIT.block("### Opaque tokens, and several webhooks");
    int first = start(opaque);
    Files.copy(folder.resolve("hook-ca.crt"), folder.resolve("idp-ca.crt"));
    type(Map.of(), ports(authn.subList(0, start(authn))));
    type(Map.of("IDP", "https://localhost:" + hook.port()), opaque.subList(0, first));
    try (SallyportProcess server =
        SallyportProcess.start(folder, flags(opaque.get(first), 0), "--data-dir=opaque")) {
      List<String> typed =
          opaque.subList(first + 1, opaque.size()).stream()
              .map(line -> line.replace("sallyport-data", "opaque"))
              .toList();
      Tool.Result known = type(server, typed);
      assertTrue(known.out().contains("User \\\"idp:ola\\\" cannot list resource"), known.out());
      assertTrue(known.out().contains("User \\\"ann\\\" cannot list resource"), known.out());
    }
  }

  private static Tool.Result type(SallyportProcess server, List<String> lines) {
    return type(
        Map.of("KUBECONFIG", server.adminKubeconfig().toString(), "HOME", folder.toString()),
        lines.stream().map(line -> line.replace(":6443", ":" + server.port())).toList());
  }

  private static Tool.Result type(Map<String, String> environment, List<String> lines) {
    return Tool.bash(folder, environment, "set -e\n" + String.join("\n", lines)).expectSuccess();
  }

  /** Where the server is started. */
  private static int start(List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith("bin/sallyport ")) {
        return i;
      }
    }
    throw new AssertionError("no server in " + lines);
  }

  private static String flags(String line, int index) {
    return line.split(" ", -1)[index + 1];
  }

  private static List<String> ports(List<String> lines) {
    return lines.stream().map(line -> line.replace(":8443", ":" + hook.port())).toList();
  }
}
