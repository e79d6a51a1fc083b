package dev.sallyport.authz.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.authz.Role;
import dev.sallyport.authz.RoleBinding;
import dev.sallyport.authz.RoleSource;
import dev.sallyport.config.pki.CertificateAuthority;
import dev.sallyport.config.reload.Watched;
import dev.sallyport.webhook.HttpsConnector;
import dev.sallyport.webhook.Secret;
import dev.sallyport.webhook.TlsPeer;
import dev.sallyport.webhook.WebhookTarget;
import dev.sallyport.webhook.factory.Connectors;
import dev.sallyport.webhook.stub.StubReply;
import dev.sallyport.webhook.stub.StubRequest;
import dev.sallyport.webhook.stub.StubServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server whose every answer the test decides. */
class UpstreamRolesTest {

  private static final CertificateAuthority CA = StubServer.authority("ca");
  private static final String ROLES = "/apis/rbac.authorization.k8s.io/v1/clusterroles?";

  private final HttpsConnector connector = Connectors.create();
  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private final SettableClock clock = new SettableClock();
  private final Told told = new Told();
  private final Api api = new Api();
  private StubServer server;
  private final List<UpstreamRoles> made = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    server = StubServer.start(StubServer.certificate(CA), api);
  }

  @AfterEach
  void stop() throws Exception {
    made.forEach(UpstreamRoles::close);
    connector.close();
    server.close();
    threads.shutdownNow();
  }

  private UpstreamRoles follow(Duration refuseAfter) {
    UpstreamRoles roles =
        new UpstreamRoles(
            "blue",
            connector,
            Watched.fixed(
                new WebhookTarget(
                    server.url("/base"),
                    TlsPeer.of(List.of(CA.certificate())),
                    Optional.of(new Secret("Bearer t")))),
            refuseAfter,
            clock,
            threads);
    made.add(roles);
    roles.follow(told);
    return roles;
  }

  @Test
  void readsAllPagesThenFollowsChanges() throws Exception {
    api.pages.add(page("2", "more", role("a")));
    api.pages.add(page("7", "", role("b")));
    follow(Duration.ZERO);
    assertEquals("put a", told.next());
    assertEquals("put b", told.next());
    api.watches.add(event("ADDED", role("c")) + event("DELETED", role("a")));
    assertEquals("put c", told.next());
    assertEquals("gone a", told.next());
    assertTrue(api.seen(ROLES + "limit=500&continue=more"), "the second page");
    assertTrue(api.seen(ROLES + "watch=true&allowWatchBookmarks=true&resourceVersion=7"), "from 7");
    assertTrue(server.requests().get(0).head().contains("uthorization: Bearer t"), "credential");
  }

  @Test
  void nothingIsDecidedBeforeAllIsRead() throws Exception {
    api.refuses = true;
    api.pages.add(page("1", "", role("a")));
    UpstreamRoles roles = follow(Duration.ZERO);
    assertNotNull(roles.unavailable());
    assertFalse(roles.contact().synced());
    assertEquals("put a", told.next());
    while (roles.unavailable() != null || !roles.contact().synced()) {
      Thread.onSpinWait();
    }
    assertEquals(clock.now, roles.contact().last());
  }

  @Test
  void aWatchThatEndsGoesOnWhereItEnded() throws Exception {
    api.pages.add(page("1", "", role("a")));
    follow(Duration.ZERO);
    assertEquals("put a", told.next());
    api.watches.add(event("BOOKMARK", "{\"metadata\":{\"resourceVersion\":\"44\"}}") + "END");
    api.watches.add(event("MODIFIED", role("a", "patch")));
    assertEquals("put a", told.next());
    assertTrue(api.seen(ROLES + "watch=true&allowWatchBookmarks=true&resourceVersion=44"), "44");
  }

  @Test
  void whatIsTooOldToResumeIsListedAnew() throws Exception {
    api.pages.add(page("1", "", role("a") + "," + role("b")));
    follow(Duration.ZERO);
    assertEquals("put a", told.next());
    assertEquals("put b", told.next());
    api.pages.add(page("90", "", role("b") + "," + role("c")));
    api.watches.add(event("ERROR", "{\"kind\":\"Status\",\"code\":410,\"message\":\"too old\"}"));
    assertEquals("put c", told.next());
    assertEquals("gone a", told.next());
  }

  @Test
  void whatIsKnownStaysWhileTheUpstreamIsAwayAndMayGrowTooOld() throws Exception {
    api.pages.add(page("1", "", role("a")));
    UpstreamRoles roles = follow(Duration.ofMinutes(3));
    assertEquals("put a", told.next());
    while (roles.unavailable() != null) {
      Thread.onSpinWait();
    }
    while (!roles.contact().synced()) {
      Thread.onSpinWait();
    }
    Instant heard = clock.now;
    server.close();
    while (roles.contact().synced()) {
      Thread.onSpinWait();
    }
    clock.now = clock.now.plusSeconds(120);
    assertNull(roles.unavailable());
    assertEquals(heard, roles.contact().last());
    clock.now = clock.now.plusSeconds(120);
    assertTrue(String.valueOf(roles.unavailable()).contains("too old"), "too old to decide");
  }

  @Test
  void anEventThatIsNoneLeadsToANewList() throws Exception {
    api.pages.add(page("1", "", role("a")));
    follow(Duration.ZERO);
    assertEquals("put a", told.next());
    api.pages.add(page("5", "", role("d")));
    api.watches.add("{\"type\":\"ADDED\",\n");
    assertEquals("put d", told.next());
    assertEquals("gone a", told.next());
  }

  private static String role(String name) {
    return role(name, "get");
  }

  private static String role(String name, String verb) {
    return "{\"metadata\":{\"name\":\"%s\",\"resourceVersion\":\"9\"},\"rules\":[{\"verbs\":[\"%s\"]}]}"
        .formatted(name, verb);
  }

  private static String page(String version, String more, String items) {
    return "{\"metadata\":{\"resourceVersion\":\"%s\",\"continue\":\"%s\"},\"items\":[%s]}"
        .formatted(version, more, items);
  }

  private static String event(String type, String object) {
    return "{\"type\":\"%s\",\"object\":%s}\n".formatted(type, object);
  }

  /** Answers for cluster roles as the test says; of the other kinds there is nothing. */
  private final class Api implements StubReply {
    private final BlockingQueue<String> pages = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> watches = new LinkedBlockingQueue<>();
    private volatile boolean refuses;

    boolean seen(String target) {
      return server.requests().stream()
          .anyMatch(request -> request.line().startsWith("GET /base" + target));
    }

    @Override
    public void write(StubRequest request, OutputStream out) throws IOException {
      boolean ours = request.line().contains("/clusterroles?");
      boolean watch = request.line().contains("watch=true");
      try {
        if (watch) {
          watch(ours, out);
        } else if (ours && refuses) {
          refuses = false;
          StubReply.whole(out, 503, "text/plain", "later");
        } else {
          String body = ours ? pages.poll(20, TimeUnit.SECONDS) : page("1", "", "");
          StubReply.whole(out, 200, "application/json", String.valueOf(body));
        }
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }

    private void watch(boolean ours, OutputStream out) throws IOException, InterruptedException {
      out.write(
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      out.flush();
      while (true) {
        String next =
            (ours ? watches : new LinkedBlockingQueue<String>()).poll(20, TimeUnit.SECONDS);
        if (next == null) {
          throw new IOException("over");
        }
        boolean end = next.endsWith("END");
        chunk(end ? next.substring(0, next.length() - 3) : next, out);
        if (end) {
          out.write("0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
          return;
        }
      }
    }

    private void chunk(String text, OutputStream out) throws IOException {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      // In two pieces, for no event need come whole.
      int half = bytes.length / 2;
      for (int[] part : new int[][] {{0, half}, {half, bytes.length}}) {
        out.write(
            (Integer.toHexString(part[1] - part[0]) + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.write(bytes, part[0], part[1] - part[0]);
        out.write("\r\n".getBytes(StandardCharsets.UTF_8));
        out.flush();
      }
    }
  }

  /** What the sink hears. */
  private static final class Told implements RoleSource.Sink {
    private final BlockingQueue<String> words = new LinkedBlockingQueue<>();

    String next() throws InterruptedException {
      return String.valueOf(words.poll(20, TimeUnit.SECONDS));
    }

    @Override
    public void putRole(Role role) {
      words.add("put " + role.name());
    }

    @Override
    public void removeRole(String namespace, String name) {
      words.add("gone " + name);
    }

    @Override
    public void putBinding(RoleBinding binding) {
      words.add("bound " + binding.name());
    }

    @Override
    public void removeBinding(String namespace, String name) {
      words.add("unbound " + name);
    }
  }

  private static final class SettableClock extends Clock {
    private volatile Instant now = Instant.parse("2026-11-22T10:00:00Z");

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
