package dev.sallyport.server.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.server.endpoint.proxy.StubUpstream;
import dev.sallyport.server.live.LiveServer.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client's address in audit and towards a backend, with loopback as the trusted proxy. */
final class ClientAddressTest {

  private static final String BOSS = "Authorization: Bearer master";
  private static final String TRUST = "--trusted-proxy-networks=127.0.0.0/8,10.0.0.0/8";

  @TempDir Path folder;

  private LiveServer start(StubUpstream stub, String... more) throws Exception {
    Files.writeString(
        folder.resolve("policy.yaml"),
        """
        apiVersion: audit.k8s.io/v1
        kind: Policy
        omitStages: [RequestReceived]
        rules: [{level: Metadata}]
        """);
    String[] flags = new String[more.length + 3];
    flags[0] = "--upstream=" + stub.url();
    flags[1] = "--audit-policy-file=" + folder.resolve("policy.yaml");
    flags[2] = "--audit-log-path=" + folder.resolve("audit.log");
    System.arraycopy(more, 0, flags, 3, more.length);
    return LiveServer.start(folder, "", flags);
  }

  private String sources(String path) throws IOException {
    for (String line : Files.readAllLines(folder.resolve("audit.log"))) {
      if (line.contains("\"requestURI\":\"" + path + "\"")) {
        int at = line.indexOf("\"sourceIPs\":") + 12;
        return line.substring(at, line.indexOf(']', at) + 1);
      }
    }
    throw new AssertionError("no event of " + path);
  }

  private static StubUpstream stub() throws IOException {
    return new StubUpstream((seen, out) -> StubUpstream.ok(out, "served"));
  }

  @Test
  void case172ATrustedProxysWordCountsAndItsClientsDoesNot() throws Exception {
    try (StubUpstream stub = stub();
        LiveServer server = start(stub, TRUST)) {
      Reply reply =
          server.get(
              "/x",
              BOSS,
              "X-Forwarded-For: 6.6.6.6, 203.0.113.7, 10.0.0.9",
              "X-Real-IP: 6.6.6.6",
              "Forwarded: for=6.6.6.6");
      assertEquals("served", reply.body());
      StubUpstream.Seen seen = stub.seen.get(0);
      assertTrue(seen.has("x-forwarded-for: 203.0.113.7, 10.0.0.9, 127.0.0.1"), seen.head());
      assertFalse(seen.head().contains("6.6.6.6"), seen.head());
      assertFalse(seen.names("forwarded"), seen.head());
      UpstreamOracle.check(seen, "boss");
      assertEquals("[\"203.0.113.7\",\"10.0.0.9\",\"127.0.0.1\"]", sources("/x"));
    }
  }

  @Test
  void case192RefusalsTellTheSameClient() throws Exception {
    try (StubUpstream stub = stub();
        LiveServer server = start(stub, TRUST)) {
      assertEquals(
          401, server.get("/r", "Authorization: Bearer no", "X-Forwarded-For: ::9").status());
      assertEquals("[\"::9\",\"127.0.0.1\"]", sources("/r"));
      assertEquals(403, server.get("/f", "X-Forwarded-For: nonsense").status());
      assertEquals("[\"127.0.0.1\"]", sources("/f"));
      assertEquals(0, stub.connections.get());
    }
  }

  @Test
  void forwardedIsWrittenWhereItIsSpoken() throws Exception {
    try (StubUpstream stub = stub();
        LiveServer server = start(stub, TRUST, "--trusted-proxy-header=Forwarded")) {
      server.get(
          "/x",
          BOSS,
          "X-Forwarded-For: 6.6.6.6",
          "Forwarded: for=6.6.6.6, for=\"[2001:db8::7]:1\"");
      StubUpstream.Seen seen = stub.seen.get(0);
      assertTrue(seen.has("x-forwarded-for: 2001:db8::7, 127.0.0.1"), seen.head());
      assertTrue(
          seen.has("forwarded: for=\"[2001:db8::7]\", for=127.0.0.1;host=\"x\";proto=https"),
          seen.head());
      assertFalse(seen.head().contains("6.6.6.6"), seen.head());
    }
  }

  @Test
  void case172WithoutTrustNothingIsBelieved() throws Exception {
    try (StubUpstream stub = stub();
        LiveServer server = start(stub, "--trusted-proxy-networks=10.0.0.0/8")) {
      server.get("/x", BOSS, "X-Forwarded-For: 6.6.6.6");
      assertTrue(stub.seen.get(0).has("x-forwarded-for: 127.0.0.1"), stub.seen.get(0).head());
      assertEquals("[\"127.0.0.1\"]", sources("/x"));
    }
  }
}
