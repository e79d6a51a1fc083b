package dev.sallyport.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What readers of tutorials on Kubernetes authentication type, typed at Sallyport. */
@Needs({"curl", "openssl", "kubectl"})
final class ArticlesIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path folder;
  private static SallyportProcess server;

  @BeforeAll
  static void start() throws IOException {
    Files.writeString(
        folder.resolve("statictokens.csv"),
        "test1234,statictokenuser,u1\ndev1234,developer,u2,\"dev,ops\"\n");
    server = SallyportProcess.start(folder, "--token-auth-file=statictokens.csv");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Tool.Result bash(String line) {
    return Tool.bash(folder, Map.of("HOME", folder.toString()), line);
  }

  private static void isForbidden(String user, Tool.Result result) throws IOException {
    JsonNode expected =
        JSON.readTree(
            """
            {"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure",
             "message": "forbidden: User \\"%s\\" cannot get path \\"/\\"",
             "reason": "Forbidden", "details": {}, "code": 403}
            """
                .formatted(user));
    assertEquals(expected, JSON.readTree(result.expectSuccess().out()));
  }

  @Test
  void staticTokenWithCurl() throws IOException {
    isForbidden(
        "statictokenuser",
        bash(
            "curl -sS -X GET -H \"Authorization: Bearer test1234\" --cacert sallyport-data/ca.crt "
                + server.url("/")));
  }

  @Test
  void clientCertificateWithCurl() throws IOException {
    SallyportProcess.subcommand(
            folder,
            "certificate",
            "--data-dir=sallyport-data",
            "--user=myuser",
            "--out=" + folder.resolve("myuser"))
        .expectSuccess();
    isForbidden(
        "myuser",
        bash(
            "curl -sS -X GET --cert ./myuser.crt --key ./myuser.key --cacert sallyport-data/ca.crt "
                + server.url("/")));
  }

  @Test
  void certificateMadeWithOpensslFromTheServersAuthority() throws IOException {
    bash("openssl req -new -newkey rsa:2048 -nodes -out joe.csr -keyout joe.key"
            + " -subj '/C=IN/ST=KA/L=X/O=dev/OU=it/CN=joe' 2>/dev/null && openssl x509 -req"
            + " -in joe.csr -CA sallyport-data/ca.crt -CAkey sallyport-data/ca.key"
            + " -CAcreateserial -days 1 -out joe.crt 2>/dev/null")
        .expectSuccess();
    isForbidden(
        "joe",
        bash(
            "curl -sS --cert joe.crt --key joe.key --cacert sallyport-data/ca.crt "
                + server.url("/")));
  }

  @Test
  void kubectlWithABearerToken() {
    Tool.Result result =
        bash(
            "kubectl --server="
                + server.url("")
                + " --certificate-authority=sallyport-data/ca.crt --token=test1234 get pods");
    assertEquals(1, result.exit());
    assertEquals(
        "Error from server (Forbidden): pods is forbidden: User \"statictokenuser\" cannot list"
            + " resource \"pods\" in API group \"\" in the namespace \"default\"\n",
        result.err());
  }

  @Test
  void roleAndBindingLetADeveloperIn() {
    server.kubectl("create role pod-reader --verb=get,list --resource=pods").expectSuccess();
    server.kubectl("create rolebinding read-pods --role=pod-reader --group=dev").expectSuccess();
    Tool.Result result =
        bash(
            "kubectl --server="
                + server.url("")
                + " --certificate-authority=sallyport-data/ca.crt --token=dev1234 get pods");
    assertEquals("No resources found in default namespace.\n", result.expectSuccess().err());
  }

  @Test
  void anUnknownTokenIsUnauthorized() throws IOException {
    PlainHttps.Reply reply =
        PlainHttps.trustingAll().get(server.url("/api"), "Authorization", "Bearer wrong");
    assertEquals(401, reply.status());
    assertEquals("Unauthorized", JSON.readTree(reply.body()).path("reason").asText());
  }

  @Test
  void serviceAccountTokenFromKubectl() {
    server.kubectl("create serviceaccount my-service-account").expectSuccess();
    String token = server.kubectl("create token my-service-account").expectSuccess().out().strip();
    Tool.Result who =
        bash(
            "kubectl --server="
                + server.url("")
                + " --certificate-authority=sallyport-data/ca.crt --token="
                + token
                + " auth whoami");
    assertTrue(
        who.expectSuccess().out().contains("system:serviceaccount:default:my-service-account"),
        who.out());
  }
}
