package dev.sallyport.server.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.server.endpoint.proxy.StubUpstream;
import dev.sallyport.server.live.LiveServer.Reply;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Attack case 170: objects that name an address of this machine, and the paths by which
 * kube-apiserver would connect to it. This server connects to nothing that a client chooses.
 */
final class ChosenTargetTest {

  @TempDir static Path folder;
  private static StubUpstream stub;
  private static LiveServer server;

  @BeforeAll
  static void start() throws Exception {
    stub = new StubUpstream((seen, out) -> StubUpstream.ok(out, "inside"));
    server = LiveServer.start(folder, "");
    int port = stub.url().getPort();
    create(
        "/api/v1/nodes",
        "{'apiVersion':'v1','kind':'Node','metadata':{'name':'n'},'status':{'addresses':["
            + "{'type':'InternalIP','address':'127.0.0.1'}],'daemonEndpoints':"
            + "{'kubeletEndpoint':{'Port':"
            + port
            + "}}}}");
    create(
        "/api/v1/namespaces/default/services",
        "{'apiVersion':'v1','kind':'Service','metadata':{'name':'s'},'spec':{'type':"
            + "'ExternalName','externalName':'localhost','ports':[{'port':"
            + port
            + "}]}}");
    create(
        "/api/v1/namespaces/default/endpoints",
        "{'apiVersion':'v1','kind':'Endpoints','metadata':{'name':'s'},'subsets':[{'addresses':["
            + "{'ip':'10.0.0.1'}],'ports':[{'port':"
            + port
            + "}]}]}");
  }

  private static void create(String path, String body) throws Exception {
    Reply reply = server.json("master", "POST", path, body);
    assertEquals(201, reply.status(), reply.body());
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
    stub.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/nodes/n/proxy",
        "/api/v1/nodes/n/proxy/",
        "/api/v1/nodes/http:n:{port}/proxy/secret",
        "/api/v1/proxy/nodes/n:{port}/",
        "/api/v1/namespaces/default/services/s/proxy",
        "/api/v1/namespaces/default/services/http:s:{port}/proxy/secret",
        "/api/v1/namespaces/default/pods/p:{port}/proxy/",
        "/api/v1/namespaces/default/pods/127.0.0.1:{port}/proxy/",
        "/api/v1/nodes/127.0.0.1:{port}/proxy/",
        "/api/v1/nodes/localhost:{port}/proxy/",
        "/api/v1/nodes/169.254.169.254:80/proxy/",
        "/api/v1/nodes/[::1]:{port}/proxy/",
        "/logs/",
      })
  void case170NothingThatAClientChoosesIsConnectedTo(String path) throws Exception {
    String target = path.replace("{port}", Integer.toString(stub.url().getPort()));
    for (String method : new String[] {"GET", "POST", "DELETE"}) {
      Reply reply = server.send(null, method, target, "", "Authorization: Bearer master");
      assertTrue(reply.status() >= 400, method + " " + reply.head());
    }
    assertEquals(0, stub.connections.get());
  }

  @Test
  void case170UpgradesToThemNeither() throws Exception {
    for (String path :
        new String[] {
          "/api/v1/nodes/n:" + stub.url().getPort() + "/proxy/exec",
          "/api/v1/namespaces/default/services/s/proxy/"
        }) {
      Reply reply =
          server.get(
              path,
              "Authorization: Bearer master",
              "Connection: Upgrade, close",
              "Upgrade: websocket");
      assertTrue(reply.status() >= 400, reply.head());
    }
    assertEquals(0, stub.connections.get());
  }
}
