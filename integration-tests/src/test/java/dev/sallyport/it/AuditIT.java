package dev.sallyport.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The audit log as its readers find it. */
final class AuditIT {

  @TempDir Path folder;

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  @Needs("kubectl")
  @Test
  void case190CredentialsStandInNoLogAtAnyLevel() throws Exception {
    write("tokens.csv", "s3cr3t-of-boss,boss,u1,system:masters\n");
    write(
        "policy.yaml",
        """
        apiVersion: audit.k8s.io/v1
        kind: Policy
        rules: [{level: RequestResponse}]
        """);
    String secret =
        "{\"kind\":\"Secret\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"s\"},"
            + "\"stringData\":{\"p\":\"hunter-two\"}}";
    try (SallyportProcess server =
        SallyportProcess.start(
            folder,
            "--token-auth-file=tokens.csv",
            "--audit-policy-file=policy.yaml",
            "--audit-log-path=audit.log",
            "-v=10")) {
      PlainHttps https = PlainHttps.trustingAll();
      String secrets = server.url("/api/v1/namespaces/default/secrets");
      PlainHttps.Reply created =
          https.send(
              "POST",
              secrets,
              secret,
              "Authorization",
              "Bearer s3cr3t-of-boss",
              "Cookie",
              "session=cookie-crumb",
              "Content-Type",
              "application/json");
      assertEquals(201, created.status(), created.body());
      assertEquals(401, https.get(secrets, "Authorization", "Bearer s3cr3t-but-wrong").status());
      https.get(
          secrets,
          "Sec-WebSocket-Protocol",
          "base64url.bearer.authorization.k8s.io.d2Vic29ja2V0LXRva2Vu");
      Tool.Result issued = server.kubectl("-n kube-system create token default");
      assertTrue(issued.expectSuccess().out().startsWith("eyJ"), issued.out());
      assertEquals(
          201,
          https
              .send(
                  "POST",
                  server.url("/apis/authentication.k8s.io/v1/tokenreviews"),
                  "{\"kind\":\"TokenReview\",\"apiVersion\":\"authentication.k8s.io/v1\","
                      + "\"spec\":{\"token\":\"s3cr3t-of-boss\"}}",
                  "Authorization",
                  "Bearer s3cr3t-of-boss",
                  "Content-Type",
                  "application/json")
              .status());
      String audited = Files.readString(folder.resolve("audit.log"));
      assertTrue(audited.contains("\"resource\":\"tokenreviews\""), audited);
      for (String log : List.of(audited, server.log())) {
        for (String credential :
            List.of(
                "s3cr3t-of-boss",
                "s3cr3t-but-wrong",
                "cookie-crumb",
                "d2Vic29ja2V0",
                "websocket-token",
                "hunter-two",
                "aHVudGVyLXR3bw",
                issued.out().strip())) {
          assertFalse(log.contains(credential), credential);
        }
      }
    }
  }

  @Test
  void aPolicyWithFaultsIsToldWholeAndStopsTheStart() throws IOException {
    write(
        "policy.yaml",
        """
        apiVersion: audit.k8s.io/v1
        kind: Policy
        rules:
        - {level: Metadat}
        - {level: Metadata, verb: [get]}
        """);
    Tool.Result refused =
        SallyportProcess.runToEnd(
            folder, "--audit-policy-file=policy.yaml", "--audit-log-path=audit.log");
    assertEquals(1, refused.exit());
    assertTrue(refused.err().contains("rules[0].level: \"Metadat\""), refused.err());
    assertTrue(refused.err().contains("rules[1].verb: unknown field"), refused.err());
  }

  @Test
  void aLogThatCannotBeWrittenStopsTheStart() throws IOException {
    write("policy.yaml", "{apiVersion: audit.k8s.io/v1, kind: Policy, rules: [{level: None}]}");
    write("file", "");
    Tool.Result refused =
        SallyportProcess.runToEnd(
            folder, "--audit-policy-file=policy.yaml", "--audit-log-path=file/audit.log");
    assertEquals(1, refused.exit());
    assertTrue(refused.err().contains("--audit-log-path: \"file/audit.log\""), refused.err());
  }

  @Needs("curl")
  @Test
  void eventsReachAWriterOfStandardOutput() throws Exception {
    write("policy.yaml", "{apiVersion: audit.k8s.io/v1, kind: Policy, rules: [{level: Metadata}]}");
    try (SallyportProcess server =
        SallyportProcess.start(folder, "--audit-policy-file=policy.yaml", "--audit-log-path=-")) {
      Tool.bash(
              folder,
              Map.of(),
              "curl -sSk -o answer -H 'Audit-ID: my-own-id' " + server.url("/version"))
          .expectSuccess();
      assertTrue(server.log().contains("\"auditID\":\"my-own-id\""), server.log());
    }
  }
}
