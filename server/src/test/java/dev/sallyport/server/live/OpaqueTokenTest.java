package dev.sallyport.server.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.config.pem.PemWriter;
import dev.sallyport.config.pki.CertificateAuthority;
import dev.sallyport.webhook.stub.StubReply;
import dev.sallyport.webhook.stub.StubServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tokens that say nothing by themselves, seen through a real server by its clients. */
@Timeout(120)
final class OpaqueTokenTest {
  private static final CertificateAuthority CA = StubServer.authority("idp");
  private static final String OPEN = "/api";
  private static final String TOKEN = "opaque-s3cret";

  @TempDir Path folder;
  private StubServer idp;

  @BeforeEach
  void startProvider() throws Exception {
    idp = StubServer.start(StubServer.certificate(CA), StubReply.json(200, active(3600)));
    Files.writeString(folder.resolve("secret"), "s\n");
    Files.writeString(
        folder.resolve("authn.yaml"),
        """
        apiVersion: apiserver.config.k8s.io/v1
        kind: AuthenticationConfiguration
        ---
        apiVersion: sallyport.dev/v1alpha1
        kind: SallyportAuthentication
        introspection:
        - endpoint: %s
          certificateAuthority: |
        %s
          clientID: us
          clientSecretFile: secret
          audiences: [kube]
          cacheTTL: 0s
          claimMappings:
            username: {claim: username, prefix: "idp:"}
            groups: {expression: "claims.scope.split(' ').map(s, 'idp:' + s)"}
        """
            .formatted(
                idp.url("/introspect"),
                PemWriter.certificate(CA.certificate()).indent(4).stripTrailing()));
  }

  @AfterEach
  void stopProvider() throws Exception {
    idp.close();
  }

  @Test
  void whoHoldsAnActiveTokenIsInAndNobodyElse() throws Exception {
    try (LiveServer server = start()) {
      String user = server.whoami(null, "Authorization: Bearer " + TOKEN);
      assertTrue(user.contains("\"idp:ann\""), user);
      assertTrue(user.contains("\"idp:dev\""), user);
      assertTrue(user.contains("\"system:authenticated\""), user);
      assertTrue(user.contains("\"JTI=id-1\""), user);
      assertEquals(
          "token=opaque-s3cret&token_type_hint=access_token", idp.requests().get(0).text());

      String metrics = server.get("/metrics", "Authorization: Bearer master").body();
      assertTrue(
          metrics.contains("authentication_token_cache_fetch_total{status=\"ok\"} 1"), metrics);

      idp.reply(StubReply.json(200, "{\"active\":false}"));
      assertEquals(401, status(server, TOKEN));
      idp.reply(StubReply.json(200, active(-1)));
      assertEquals(401, status(server, TOKEN));
      idp.reply(StubReply.json(500, active(3600)));
      assertEquals(401, status(server, TOKEN));
      assertEquals(200, status(server, "master"));
      idp.reply(StubReply.json(200, active(3600)));
      assertEquals(200, status(server, TOKEN));
    }
  }

  @Test
  void aTokenIsCalledInByItsId() throws Exception {
    try (LiveServer server = start()) {
      assertEquals(200, status(server, TOKEN));
      LiveServer.Reply made =
          server.json(
              "master",
              "POST",
              "/apis/sallyport.dev/v1alpha1/credentialrevocations",
              "{'apiVersion':'sallyport.dev/v1alpha1','kind':'CredentialRevocation',"
                  + "'metadata':{'name':'lost'},'spec':{'token':{'id':'id-1'}}}");
      assertEquals(201, made.status(), made.body());
      while (status(server, TOKEN) == 200) {
        Thread.onSpinWait(); // it arrives by a watch; the test's timeout ends this
      }
      assertEquals(401, status(server, TOKEN));
    }
  }

  @Test
  void whoseCredentialsAreCalledInMustBeSaidWithTheTime() throws Exception {
    try (LiveServer server = start()) {
      LiveServer.Reply made =
          server.json(
              "master",
              "POST",
              "/apis/sallyport.dev/v1alpha1/credentialrevocations",
              "{'apiVersion':'sallyport.dev/v1alpha1','kind':'CredentialRevocation',"
                  + "'metadata':{'name':'joe'},'spec':{'user':{'name':'joe'}}}");
      assertEquals(422, made.status(), made.body());
      assertTrue(made.body().contains("spec.user.issuedBefore: Required value"), made.body());
    }
  }

  @Test
  void whatATokenHasOpenedEndsWithIt() throws Exception {
    // In force for three seconds from when it is asked about, however slow the start was.
    idp.reply((request, out) -> StubReply.whole(out, 200, "application/json", active(3)));
    try (LiveServer server = start()) {
      LiveServer.Reply bound =
          server.json(
              "master",
              "POST",
              "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings",
              "{'apiVersion':'rbac.authorization.k8s.io/v1','kind':'ClusterRoleBinding',"
                  + "'metadata':{'name':'dev'},'roleRef':{'apiGroup':'rbac.authorization.k8s.io',"
                  + "'kind':'ClusterRole','name':'cluster-admin'},'subjects':[{'kind':'Group',"
                  + "'apiGroup':'rbac.authorization.k8s.io','name':'idp:dev'}]}");
      assertEquals(201, bound.status(), bound.body());
      LiveServer.Reply watch =
          server.get(
              "/api/v1/namespaces/default/configmaps?watch=true&timeoutSeconds=600",
              "Authorization: Bearer " + TOKEN);
      assertEquals(200, watch.status()); // and its end has come, or the test would time out
    }
  }

  private LiveServer start() throws Exception {
    return LiveServer.start(
        folder,
        "",
        "--authentication-config=" + folder.resolve("authn.yaml"),
        "--credential-revocation=true");
  }

  private static int status(LiveServer server, String token) throws Exception {
    return server.get(OPEN, "Authorization: Bearer " + token).status();
  }

  private static String active(long seconds) {
    return "{\"active\":true,\"username\":\"ann\",\"aud\":\"kube\",\"scope\":\"dev ops\","
        + "\"jti\":\"id-1\",\"exp\":"
        + (Instant.now().getEpochSecond() + seconds)
        + "}";
  }
}
