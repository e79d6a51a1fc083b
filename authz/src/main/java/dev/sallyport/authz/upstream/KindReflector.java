package dev.sallyport.authz.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.authz.RoleSource;
import dev.sallyport.webhook.BodySink;
import dev.sallyport.webhook.HttpsCall;
import dev.sallyport.webhook.HttpsReply;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows one kind at a kube-apiserver: lists it by pages, then watches it from there on. A watch
 * that ends goes on where it ended; when the server no longer knows that place, all is listed anew.
 * What is known stays until the server says otherwise.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes">Kubernetes:
 *     efficient detection of changes</a>
 */
final class KindReflector {

  private static final Logger log = LoggerFactory.getLogger(KindReflector.class);

  private static final int PAGE = 500;
  private static final int LONGEST_EVENT = 16 << 20;
  private static final Duration LIST_DEADLINE = Duration.ofSeconds(60);

  /** A connection that died without a word is noticed when its watch should have ended. */
  private static final int WATCH_SECONDS = 120;

  private static final int WATCH_SLACK = 20;
  private static final long FIRST_PAUSE_MILLIS = 250;
  private static final long LONGEST_PAUSE_MILLIS = 30_000;

  private final String upstream;
  private final RbacKind kind;
  private final Cluster cluster;
  private final KnownObjects objects;
  private final Clock clock;
  private final Executor steps;
  private String version = "";
  private int failures;
  private boolean relist = true;
  private volatile @Nullable HttpsCall running;
  private volatile boolean listed;
  private volatile boolean closed;
  private volatile long heardMillis;
  private volatile String trouble = "";

  KindReflector(
      String upstream,
      RbacKind kind,
      Cluster cluster,
      RoleSource.Sink sink,
      Clock clock,
      Executor threads) {
    this.upstream = upstream;
    this.kind = kind;
    this.cluster = cluster;
    this.objects = new KnownObjects(kind, sink);
    this.clock = clock;
    this.steps = new InOrder(threads);
  }

  void start() {
    steps.execute(this::next);
  }

  void stop() {
    closed = true;
    HttpsCall call = running;
    if (call != null) {
      call.cancel();
    }
  }

  /** Whether all there was has been read once. */
  boolean listed() {
    return listed;
  }

  /** When the server last said something; 0: not yet. */
  long heardMillis() {
    return heardMillis;
  }

  /** What went wrong last, in one line; "" while all is well. */
  String trouble() {
    return trouble;
  }

  // All below runs step by step, in order.

  private void next() {
    if (closed) {
      return;
    }
    if (relist) {
      list("", new HashMap<>());
    } else {
      watch();
    }
  }

  private void list(String from, Map<ObjectName, Record> before) {
    String more = from.isEmpty() ? "" : "&continue=" + escaped(from);
    HttpsCall call = cluster.get(kind.path() + "?limit=" + PAGE + more, LIST_DEADLINE);
    running = call;
    call.answer()
        .whenDone((reply, failure) -> steps.execute(() -> pageCame(reply, failure, before)));
  }

  private void pageCame(
      @Nullable HttpsReply reply, @Nullable Throwable failure, Map<ObjectName, Record> before) {
    if (reply == null || reply.status() != 200) {
      failed(reply, failure);
      return;
    }
    try {
      JsonNode page = RbacJson.read(reply.body());
      if (!page.path("items").isArray() && !page.path("items").isNull()) {
        failed("answered no list");
        return;
      }
      for (JsonNode item : page.path("items")) {
        before.put(ObjectName.of(item), kind.read(item));
      }
      heard();
      String more = page.path("metadata").path("continue").asText();
      if (!more.isEmpty() && !closed) {
        list(more, before);
      } else {
        listDone(page.path("metadata").path("resourceVersion").asText(), before);
      }
    } catch (IOException e) {
      failed("answered no JSON");
    }
  }

  private void listDone(String at, Map<ObjectName, Record> all) {
    objects.replace(all);
    version = at;
    relist = false;
    listed = true;
    next();
  }

  private void watch() {
    int seconds = WATCH_SECONDS + ThreadLocalRandom.current().nextInt(WATCH_SECONDS / 4);
    String query =
        "?watch=true&allowWatchBookmarks=true&resourceVersion="
            + escaped(version)
            + "&timeoutSeconds="
            + seconds;
    Events events = new Events();
    HttpsCall call =
        cluster.stream(kind.path() + query, Duration.ofSeconds(seconds + WATCH_SLACK), events);
    running = call;
    events.of = call;
    call.answer()
        .whenDone((reply, failure) -> steps.execute(() -> watchEnded(events, reply, failure)));
  }

  private void watchEnded(Events events, @Nullable HttpsReply reply, @Nullable Throwable failure) {
    if (reply != null && reply.successful() && !events.refused) {
      if (events.any) {
        next();
      } else {
        again(); // a server that says nothing is not asked in a hurry
      }
    } else if (events.refused) {
      again();
    } else {
      failed(reply, failure);
    }
  }

  /** The events of one watch. */
  private final class Events implements BodySink {
    private final Lines lines = new Lines(LONGEST_EVENT, this::event);
    private @Nullable HttpsCall of;
    private boolean any;
    private boolean refused;

    @Override
    public void began() {
      steps.execute(KindReflector.this::heard);
    }

    @Override
    public void piece(byte[] bytes) {
      steps.execute(() -> take(bytes));
    }

    private void take(byte[] bytes) {
      if (refused) {
        return;
      }
      heard();
      try {
        lines.add(bytes);
      } catch (IllegalArgumentException e) {
        refuse(String.valueOf(e.getMessage()), true);
      }
    }

    private void event(byte[] line) {
      if (refused) {
        return;
      }
      try {
        JsonNode event = RbacJson.read(line);
        any = true;
        event(event.path("type").asText(), event.path("object"));
      } catch (IOException e) {
        refuse("sent an event that is no JSON", true);
      }
    }

    private void event(String type, JsonNode object) {
      switch (type) {
        case "ADDED", "MODIFIED" -> objects.put(object);
        case "DELETED" -> objects.remove(object);
        case "BOOKMARK" -> {}
        case "ERROR" -> {
          refuse(object.path("message").asText("an error"), object.path("code").asInt() == 410);
          return;
        }
        default -> {
          refuse("sent an event of an unknown type", true);
          return;
        }
      }
      String at = object.path("metadata").path("resourceVersion").asText();
      if (!at.isEmpty()) {
        version = at;
      }
    }

    /** Nothing more of this watch counts. */
    private void refuse(String why, boolean listAnew) {
      refused = true;
      relist |= listAnew;
      note(why);
      HttpsCall call = of;
      if (call != null) {
        call.cancel();
      }
    }
  }

  private void failed(@Nullable HttpsReply reply, @Nullable Throwable failure) {
    if (reply != null && reply.status() == 410) {
      relist = true;
    }
    failed(
        reply != null
            ? "answered " + reply.status()
            : String.valueOf(failure == null ? "no answer" : failure.getMessage()));
  }

  private void failed(String why) {
    note(why);
    again();
  }

  private void note(String why) {
    if (closed) {
      return;
    }
    if (trouble.isEmpty()) {
      log.warn("The {} of upstream {} cannot be followed: {}", kind.resource(), upstream, why);
    }
    trouble = why;
  }

  private void heard() {
    heardMillis = clock.millis();
    failures = 0;
    if (!trouble.isEmpty()) {
      trouble = "";
      log.info("The {} of upstream {} are followed again", kind.resource(), upstream);
    }
  }

  private void again() {
    long pause = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(failures, 7));
    failures++;
    long jitter = ThreadLocalRandom.current().nextLong(pause / 4 + 1);
    CompletableFuture.delayedExecutor(pause + jitter, TimeUnit.MILLISECONDS, steps)
        .execute(this::next);
  }

  private static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
