package dev.sallyport.server.endpoint.filtered;

import dev.sallyport.proxy.Upstream;
import dev.sallyport.proxy.UpstreamExchange;
import dev.sallyport.proxy.UpstreamHead;
import dev.sallyport.proxy.UpstreamReceiver;
import dev.sallyport.proxy.UpstreamRequest;
import dev.sallyport.server.chain.Query;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;

/**
 * Config maps of a cluster as its API server tells them: lists, also of old versions, in pages, and
 * watches. What is said comes in pieces of any size, when the test wants it.
 */
final class ModelCluster implements Upstream {

  /** An object's value and when it was written. */
  record Kept(String value, long revision) {}

  private record Event(long revision, String type, String key, String value) {}

  private final Random random;
  private final List<Event> events = new ArrayList<>();
  private final TreeMap<Long, TreeMap<String, Kept>> states = new TreeMap<>();
  private final TreeMap<String, Kept> objects = new TreeMap<>();
  private final List<Talk> talks = new ArrayList<>();
  private long revision = 10;
  private long compacted = 9;

  ModelCluster(Random random) {
    this.random = random;
    keep();
  }

  Map<String, Kept> objects() {
    return objects;
  }

  private void keep() {
    states.put(revision, new TreeMap<>(objects));
  }

  /** Something else was written. */
  void tick() {
    revision++;
    keep();
  }

  void put(String key, String value) {
    revision++;
    events.add(new Event(revision, objects.containsKey(key) ? "MODIFIED" : "ADDED", key, value));
    objects.put(key, new Kept(value, revision));
    keep();
  }

  void remove(String key) {
    revision++;
    Kept last = Objects.requireNonNull(objects.remove(key));
    events.add(new Event(revision, "DELETED", key, last.value()));
    keep();
  }

  /** Nobody can go on from before now, but for a few revisions. */
  void compact() {
    compacted = Math.max(compacted, revision - 5);
  }

  @Override
  public UpstreamExchange open(EventLoop loop, UpstreamRequest request, UpstreamReceiver receiver) {
    int mark = request.target().indexOf('?');
    Talk talk = new Talk(Query.parse(request.target().substring(mark + 1)), receiver);
    talks.add(talk);
    receiver.ready();
    return talk;
  }

  /** Says something of each answer that is not whole yet. */
  void speak() {
    talks.removeIf(talk -> talk.over);
    for (Talk talk : List.copyOf(talks)) {
      talk.speak();
    }
  }

  @Override
  public void close() {}

  private static String object(String key, String value, long revision) {
    String[] parts = key.split("/", -1);
    return """
    {"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"%s","namespace":"%s","resourceVersion":"%d",
    "labels":{"name":"}],{\\"odd"}},"data":{"k":"%s","v":"%s"}}\
    """
        .formatted(parts[1], parts[0], revision, key, value);
  }

  /** One answer. */
  private final class Talk implements UpstreamExchange {
    private final UpstreamReceiver receiver;
    private final Query query;
    private final boolean watch;
    private final ByteBuf text = Unpooled.buffer();
    private long position;
    private boolean begun;
    private boolean whole;
    private boolean over;
    private boolean paused;

    Talk(Query query, UpstreamReceiver receiver) {
      this.query = query;
      this.receiver = receiver;
      this.watch = query.has("watch");
    }

    private String given(String name) {
      return Objects.requireNonNullElse(query.first(name), "");
    }

    void speak() {
      if (!begun) {
        begin();
        return;
      }
      if (watch) {
        follow();
      }
      if (text.isReadable() && !paused) {
        byte[] piece = new byte[1 + random.nextInt(text.readableBytes())];
        text.readBytes(piece);
        receiver.data(Unpooled.wrappedBuffer(piece));
      }
      if (over || text.isReadable()) {
        return;
      }
      if (whole) {
        over = true;
        receiver.ended(List.of());
      } else {
        receiver.idle();
      }
    }

    private void begin() {
      begun = true;
      if (watch) {
        beginWatch();
      } else {
        list();
      }
      if (!over) {
        List<String> lines =
            new ArrayList<>(List.of("content-type", "application/json", "content-length", "9"));
        receiver.head(new UpstreamHead(200, lines, -1));
      }
    }

    private void say(String line) {
      text.writeCharSequence(line, StandardCharsets.UTF_8);
    }

    private void list() {
      long at = revision;
      String after = "";
      String token = given("continue");
      if (!token.isEmpty()) {
        at = Long.parseLong(token.substring(0, token.indexOf('.')));
        after = token.substring(token.indexOf('.') + 1);
      } else if (given("resourceVersion").equals("0")) {
        at = Math.max(10, revision - random.nextInt(4)); // as a cache that lags
      }
      int limit = Integer.parseInt(given("limit"));
      StringBuilder items = new StringBuilder();
      String more = "";
      int count = 0;
      String last = "";
      for (Map.Entry<String, Kept> each :
          Objects.requireNonNull(states.get(at)).tailMap(after, false).entrySet()) {
        if (limit > 0 && count == limit) {
          more = ",\"continue\":\"" + at + "." + last + "\",\"remainingItemCount\":7";
          break;
        }
        items.append(count++ == 0 ? "" : ", ");
        items.append(object(each.getKey(), each.getValue().value(), each.getValue().revision()));
        last = each.getKey();
      }
      say(
          "{\"kind\":\"ConfigMapList\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\""
              + at
              + "\""
              + more
              + "},\"items\":["
              + items
              + "]}\n");
      whole = true;
    }

    private void beginWatch() {
      String from = given("resourceVersion");
      if (!from.isEmpty() && !query.has("sendInitialEvents")) {
        position = Long.parseLong(from);
        if (position < compacted || position > revision) {
          say("{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"code\":410}}\n");
          whole = true;
        }
        return;
      }
      position = revision;
      objects.forEach((key, kept) -> event("ADDED", object(key, kept.value(), kept.revision())));
      if (query.has("sendInitialEvents")) {
        bookmark(",\"annotations\":{\"k8s.io/initial-events-end\":\"true\"}");
      }
    }

    private void event(String type, String object) {
      say("{\"type\":\"" + type + "\",\"object\":" + object + "}\n");
    }

    private void bookmark(String more) {
      event(
          "BOOKMARK",
          "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\""
              + position
              + "\""
              + more
              + "}}");
    }

    private void follow() {
      if (whole) {
        return;
      }
      for (Event event : events) {
        if (event.revision() > position) {
          event(event.type(), object(event.key(), event.value(), event.revision()));
          position = event.revision();
        }
      }
      if (query.has("allowWatchBookmarks") && random.nextInt(6) == 0) {
        position = revision;
        bookmark("");
      }
    }

    @Override
    public boolean writable() {
      return true;
    }

    @Override
    public void write(ByteBuf piece) {
      piece.release();
    }

    @Override
    public void end() {}

    @Override
    public void pause() {
      paused = true;
    }

    @Override
    public void resume() {
      paused = false;
    }

    @Override
    public void cancel() {
      over = true;
    }
  }
}
