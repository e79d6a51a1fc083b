package dev.sallyport.server.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.server.live.LiveServer.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole server with a routes file before plain services. */
final class RoutesTest {

  private static final String HEAD =
      "apiVersion: sallyport.dev/v1alpha1\nkind: RouteConfiguration\n";

  private static final String MASTER = "Authorization: Bearer master";

  @TempDir Path folder;

  private LiveServer start(String routes, String... tokens) throws Exception {
    write(routes);
    return LiveServer.start(
        folder, String.join("", tokens), "--routes-config=" + folder.resolve("routes.yaml"));
  }

  /** As an editor does: all at once. */
  private void write(String routes) throws Exception {
    Path next = folder.resolve("routes.next");
    Files.writeString(next, HEAD + routes);
    Files.move(
        next,
        folder.resolve("routes.yaml"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private static void eventually(BooleanSupplier condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "not in time");
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private static String body(LiveServer server, String path) {
    try {
      return server.get(path, MASTER).body();
    } catch (Exception e) {
      return e.toString();
    }
  }

  @Test
  void requestsGoWhereTheFileSaysAndTheRestStaysHere() throws Exception {
    try (NamedBackend shop = new NamedBackend("shop");
        NamedBackend admin = new NamedBackend("admin");
        LiveServer server =
            start(
                """
                upstreams:
                - name: shop
                  endpoints: [{url: "%s"}]
                - name: admin
                  endpoints: [{url: "%s/base"}]
                  identity: none
                routes:
                - name: shop
                  match: {pathPrefix: /shop}
                  upstreams: [{name: shop}]
                  stripPrefix: true
                - name: admin
                  match: {pathPrefix: /shop/admin}
                  upstreams: [{name: admin}]
                """
                    .formatted(shop.url(), admin.url()),
                "ann,ann,u1\n")) {
      assertEquals("shop GET /a%20b boss", body(server, "/shop/a%20b?x=y"));
      assertEquals("shop GET / boss", body(server, "/shop"));
      assertEquals("admin GET /base/shop/admin/x null", body(server, "/shop/admin/x"));
      assertEquals("admin GET /base/shop/%61dmin/x null", body(server, "/shop/%61dmin/x"));
      assertTrue(body(server, "/api/v1/namespaces").contains("NamespaceList"));
      assertTrue(body(server, "/metrics").contains("sallyport_upstream_requests_total"));
      Reply refused = server.get("/shop/a", "Authorization: Bearer ann");
      assertEquals(403, refused.status());
      assertTrue(refused.body().contains("cannot get path \\\"/a\\\""), refused.body());
      assertEquals(401, server.get("/shop/a", "Authorization: Bearer nobody").status());
    }
  }

  /** A client of the cluster asks for the cluster's version, a probe of this server for its own. */
  @Test
  void theOnlyClusterAtTheRootTellsItsVersionAndProbesAreOurs() throws Exception {
    try (NamedBackend cluster = new NamedBackend("cluster")) {
      Path kubeconfig =
          Files.writeString(
              folder.resolve("kubeconfig"),
              """
              apiVersion: v1
              kind: Config
              clusters: [{name: prod, cluster: {server: "%s"}}]
              users: [{name: us, user: {token: ours}}]
              contexts: [{name: prod, context: {cluster: prod, user: us}}]
              current-context: prod
              """
                  .formatted(cluster.url()));
      try (LiveServer server =
          LiveServer.start(folder, "", "--upstream-kubeconfig=" + kubeconfig)) {
        for (String path : new String[] {"/version", "/version/", "/api", "/openapi/v3", "/x"}) {
          assertEquals("cluster GET " + path + " null", body(server, path));
        }
        assertEquals("cluster GET /metrics null", body(server, "/clusters/prod/metrics"));
        int before = cluster.requests.get();
        assertEquals("ok", body(server, "/readyz"));
        assertEquals("ok", body(server, "/livez/ping"));
        assertTrue(body(server, "/metrics").contains("sallyport_upstream_requests_total"));
        assertTrue(body(server, "/flagz").contains("upstream-kubeconfig"));
        assertEquals(before, cluster.requests.get());
      }
      try (LiveServer server = LiveServer.start(folder, "", "--upstream=" + cluster.url())) {
        assertEquals("cluster GET /version boss", body(server, "/version"));
        assertEquals("ok", body(server, "/readyz"));
      }
    }
  }

  @Test
  void case131To135OddPathsReachNoUpstream() throws Exception {
    try (NamedBackend shop = new NamedBackend("shop");
        LiveServer server =
            start(
                """
                upstreams: [{name: shop, endpoints: [{url: "%s"}]}]
                routes:
                - {name: shop, match: {pathPrefix: /shop}, upstreams: [{name: shop}], stripPrefix: true}
                - {name: rest, upstreams: [{name: shop}]}
                """
                    .formatted(shop.url()))) {
      for (String path :
          new String[] {
            "/shop/../admin",
            "/shop/%2e%2e/admin",
            "/shop/..;/admin",
            "/shop/..%3b/admin",
            "/shop//admin",
            "/shop/;x/admin",
            "/shop/a%2fb",
            "/shop/a%5cb",
            "/shop/%252e%252e/a",
            "/shop/a%00b",
            "/shop/%c0%ae",
            "/shop%2fadmin",
            "//shop/admin",
            "/./shop",
            "/a/%2e/shop"
          }) {
        Reply reply = server.get(path, MASTER);
        assertEquals(404, reply.status(), path + ": " + reply.body());
      }
      assertEquals(400, server.get("/shop/%", MASTER).status());
      assertEquals(0, shop.requests.get());
      assertEquals("shop GET /a;b boss", body(server, "/shop/a;b"));
    }
  }

  @Test
  void sharesAreExact() throws Exception {
    try (NamedBackend one = new NamedBackend("one");
        NamedBackend two = new NamedBackend("two");
        NamedBackend canary = new NamedBackend("canary");
        LiveServer server =
            start(
                """
                upstreams:
                - name: shop
                  endpoints: [{url: "%s", weight: 2}, {url: "%s"}]
                - name: canary
                  endpoints: [{url: "%s"}]
                routes:
                - name: shop
                  match: {pathPrefix: /shop}
                  upstreams: [{name: shop, weight: 9}, {name: canary}]
                """
                    .formatted(one.url(), two.url(), canary.url()))) {
      Map<String, Integer> counts = new TreeMap<>();
      try (LiveLine line = server.line()) {
        for (int i = 0; i < 100; i++) {
          String name = line.send("GET", "/shop/a", MASTER).body();
          counts.merge(name.substring(0, name.indexOf(' ')), 1, Integer::sum);
        }
      }
      assertEquals(Map.of("one", 60, "two", 30, "canary", 10), counts);
      String metrics = body(server, "/metrics");
      assertTrue(
          metrics.contains("sallyport_upstream_requests_total{code=\"2xx\",upstream=\"shop\"} 90"),
          metrics);
    }
  }

  @Test
  void anUnhealthyEndpointLeavesAndComesBack() throws Exception {
    try (NamedBackend one = new NamedBackend("one");
        NamedBackend two = new NamedBackend("two");
        LiveServer server =
            start(
                """
                upstreams:
                - name: shop
                  endpoints: [{url: "%s"}, {url: "%s"}]
                  healthCheck: {path: /probe, interval: 50ms, timeout: 2s, unhealthyAfter: 2}
                routes: [{name: shop, match: {pathPrefix: /shop}, upstreams: [{name: shop}]}]
                """
                    .formatted(one.url(), two.url()))) {
      String gauge =
          "sallyport_upstream_healthy{endpoint=\"" + one.url() + "\",upstream=\"shop\"} ";
      eventually(() -> one.probes.get() > 0 && two.probes.get() > 0);
      assertTrue(body(server, "/metrics").contains(gauge + "1"));
      one.health = 500;
      eventually(() -> body(server, "/metrics").contains(gauge + "0"));
      int before = one.requests.get();
      for (int i = 0; i < 6; i++) {
        assertEquals("two GET /shop/x boss", body(server, "/shop/x"));
      }
      assertEquals(before, one.requests.get());
      two.health = 500;
      eventually(() -> body(server, "/shop/x").contains("upstream shop has no healthy endpoint"));
      Reply down = server.get("/shop/x", MASTER);
      assertEquals(503, down.status());
      assertTrue(down.body().contains("\"reason\":\"ServiceUnavailable\""), down.body());
      one.health = 204;
      eventually(() -> body(server, "/shop/x").startsWith("one "));
    }
  }

  @Test
  void anEndpointThatIsGoneIsPassedOver() throws Exception {
    NamedBackend one = new NamedBackend("one");
    try (NamedBackend two = new NamedBackend("two");
        LiveServer server =
            start(
                """
                upstreams: [{name: shop, endpoints: [{url: "%s"}, {url: "%s"}]}]
                routes: [{name: shop, match: {pathPrefix: /shop}, upstreams: [{name: shop}]}]
                """
                    .formatted(one.url(), two.url()))) {
      one.close();
      for (int i = 0; i < 10; i++) {
        Reply reply =
            server.send(null, "POST", "/shop/x", "body", MASTER, "Content-Type: text/plain");
        assertEquals(200, reply.status(), reply.body());
      }
      assertEquals(10, two.requests.get());
    } finally {
      one.close();
    }
  }

  @Test
  void anUpstreamsOwnErrorsPassUnchangedAndOursSayWhoseTheyAre() throws Exception {
    NamedBackend shop = new NamedBackend("shop");
    shop.status = 503;
    try (LiveServer server =
        start(
            """
            upstreams: [{name: shop, endpoints: [{url: "%s"}]}]
            routes: [{name: shop, match: {pathPrefix: /shop}, upstreams: [{name: shop}]}]
            """
                .formatted(shop.url()))) {
      Reply theirs = server.get("/shop/x", MASTER);
      assertEquals(503, theirs.status());
      assertEquals("shop GET /shop/x boss", theirs.body());
      assertTrue(theirs.head().toLowerCase(java.util.Locale.ROOT).contains("x-name: shop"));
      shop.close();
      Reply ours = server.get("/shop/x", MASTER);
      assertEquals(503, ours.status());
      assertTrue(
          ours.body().contains("\"message\":\"upstream shop cannot be reached\""), ours.body());
      String head = ours.head().toLowerCase(java.util.Locale.ROOT);
      assertTrue(head.contains("via: 1.1 sallyport"), head);
      assertTrue(head.contains("audit-id: "), head);
    } finally {
      shop.close();
    }
  }

  @Test
  void aReloadUnderLoadLosesNoRequestAndABadOneChangesNothing() throws Exception {
    try (NamedBackend one = new NamedBackend("one");
        NamedBackend two = new NamedBackend("two")) {
      String text =
          """
          upstreams: [{name: shop, endpoints: [{url: "%s"}]}]
          routes: [{name: shop, match: {pathPrefix: /shop}, upstreams: [{name: shop}]}]
          """;
      try (LiveServer server = start(text.formatted(one.url()))) {
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService threads = Executors.newCachedThreadPool();
        CompletableFuture<Integer> load =
            CompletableFuture.supplyAsync(() -> load(server, over), threads);
        eventually(() -> one.requests.get() > 20);
        write(text.formatted(two.url()));
        eventually(() -> two.requests.get() > 20);
        int last = one.requests.get();
        write("upstreams: nonsense\n");
        write(text.formatted(two.url()) + "more: 1\n");
        int then = two.requests.get();
        eventually(() -> two.requests.get() > then + 20);
        assertFalse(load.isDone());
        over.set(true);
        assertTrue(load.get(20, TimeUnit.SECONDS) > 60);
        assertEquals(last, one.requests.get());
        threads.shutdown();
      }
    }
  }

  /** Asks until told to stop; any answer but 200 fails it. */
  private static int load(LiveServer server, AtomicBoolean over) {
    int count = 0;
    try (LiveLine line = server.line()) {
      while (!over.get()) {
        assertEquals(200, line.send("GET", "/shop/x", MASTER).status());
        count++;
      }
      return count;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
