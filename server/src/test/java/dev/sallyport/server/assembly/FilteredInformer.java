package dev.sallyport.server.assembly;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.api.UserInfo;
import dev.sallyport.server.http.Contexts;
import dev.sallyport.server.http.FakeRequest;
import dev.sallyport.server.http.FakeStream;
import dev.sallyport.server.http.ManualLoop;
import dev.sallyport.server.http.Response;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A client that keeps a copy of what it may see of a kind, as informers do. */
final class FilteredInformer {

  /** Hears what is told just before it is believed. */
  interface Witness {
    void told(String type, String key, JsonNode object);
  }

  private final FilteredWorld world;
  private final String path;
  private final String agent;
  private final boolean bookmarks;
  private final int page;
  private final Witness witness;
  private final Map<String, String> cache = new TreeMap<>();
  private UserInfo user;
  private String version = "";
  private boolean forbidden;
  private boolean watchForbidden;
  private boolean live;
  private boolean slow;
  private int relists;
  private @Nullable FakeRequest request;
  private @Nullable FakeStream stream;
  private boolean unfiltered;
  private String partial = "";
  private final Deque<JsonNode> pending = new ArrayDeque<>();

  /**
   * @param agent what it calls itself, by which it is told from the user's other clients
   * @param page how many objects to list at once, 0 for all
   */
  FilteredInformer(
      FilteredWorld world,
      String path,
      String agent,
      UserInfo user,
      boolean bookmarks,
      int page,
      Witness witness) {
    this.world = world;
    this.path = path;
    this.agent = agent;
    this.user = user;
    this.bookmarks = bookmarks;
    this.page = page;
    this.witness = witness;
  }

  /** By key: resourceVersion and value. */
  Map<String, String> cache() {
    return cache;
  }

  boolean forbidden() {
    return forbidden;
  }

  /** Whether it could list but not watch when it last tried. */
  boolean blind() {
    return watchForbidden;
  }

  boolean live() {
    return live;
  }

  int relists() {
    return relists;
  }

  UserInfo user() {
    return user;
  }

  /** A new credential, for the next connection. */
  void user(UserInfo next) {
    user = next;
  }

  /** Begins a list, or goes on from the version it has; between pages runs what the test wants. */
  void connect(Runnable betweenPages) {
    if (live) {
      return;
    }
    if (version.isEmpty() && !list(betweenPages)) {
      return;
    }
    betweenPages.run();
    watch();
  }

  private boolean list(Runnable betweenPages) {
    relists++;
    Map<String, String> listed = new TreeMap<>();
    String token = "";
    String read = "";
    do {
      String query = token.isEmpty() ? "" : "&continue=" + token;
      Response response = world.ask(user, asking("?limit=" + page + query));
      forbidden = response.status() == 403;
      if (response.status() != 200) {
        return false;
      }
      JsonNode list = FilteredWorld.json(Contexts.body(response));
      read = list.at("/metadata/resourceVersion").asText();
      list.path("items")
          .forEach(
              object -> {
                witness.told("LISTED", key(object), object);
                listed.put(key(object), state(object));
              });
      token = list.at("/metadata/continue").asText();
      if (!token.isEmpty()) {
        betweenPages.run();
      }
    } while (!token.isEmpty());
    cache.clear();
    cache.putAll(listed);
    version = read;
    return true;
  }

  private FakeRequest asking(String query) {
    return FakeRequest.get(path + query).header("User-Agent", agent);
  }

  private void watch() {
    FakeRequest asked =
        asking(
            "?watch=true&resourceVersion="
                + version
                + (bookmarks ? "&allowWatchBookmarks=true" : ""));
    Response response = world.ask(user, asked);
    watchForbidden = response.status() == 403;
    if (!(response instanceof Response.Streamed streamed)) {
      assertTrue(response.status() == 403, () -> "watch answered " + response.status());
      version = "";
      return;
    }
    request = asked;
    ManualLoop loop = asked.connection().manualLoop();
    FakeStream opened = new FakeStream(loop);
    stream = opened;
    unfiltered = world.watchesAll(user);
    partial = "";
    pending.clear();
    live = true;
    if (slow) {
      opened.acceptingOneAtATime();
    }
    streamed.writer().start(opened);
    collect(opened);
  }

  /** From the next connection on it takes one frame at a time. */
  void slow(boolean value) {
    slow = value;
  }

  /** Lets the server write; a slow client takes and believes only so many frames. */
  void run(int frames) {
    FakeRequest asked = request;
    FakeStream opened = stream;
    if (!live || asked == null || opened == null) {
      return;
    }
    ManualLoop loop = asked.connection().manualLoop();
    loop.run();
    collect(opened);
    for (int i = 0; i < frames && live; i++) {
      JsonNode frame = pending.poll();
      if (frame != null) {
        believe(frame);
      }
      opened.writable(true);
      loop.run();
      collect(opened);
    }
    if (pending.isEmpty() && (opened.ended() || opened.aborted())) {
      live = false;
    }
  }

  /** Time passes, so that a bookmark is due. */
  void wait61s() {
    FakeRequest asked = request;
    FakeStream opened = stream;
    if (live && asked != null && opened != null && !opened.ended()) {
      asked.connection().manualLoop().advance(61, TimeUnit.SECONDS);
      collect(opened);
    }
  }

  /** The connection breaks; what was written but not read is lost. */
  void cut() {
    FakeStream opened = stream;
    if (live && opened != null) {
      opened.clientGone();
      live = false;
    }
  }

  /** Takes what the server has written, at once: a witness judges it by what holds now. */
  private void collect(FakeStream opened) {
    partial += opened.take();
    int end = partial.indexOf('\n');
    while (end >= 0) {
      JsonNode frame = FilteredWorld.json(partial.substring(0, end));
      partial = partial.substring(end + 1);
      String type = frame.path("type").asText();
      if (!unfiltered && !type.equals("ERROR") && !type.equals("BOOKMARK")) {
        witness.told(type, key(frame.path("object")), frame.path("object"));
      }
      pending.add(frame);
      end = partial.indexOf('\n');
    }
  }

  private void believe(JsonNode frame) {
    String type = frame.path("type").asText();
    JsonNode object = frame.path("object");
    if (type.equals("ERROR")) {
      assertTrue(object.path("code").asInt() == 410, frame::toString);
      version = "";
      return;
    }
    String told = object.at("/metadata/resourceVersion").asText();
    if (!type.equals("BOOKMARK")) {
      if (type.equals("DELETED")) {
        cache.remove(key(object));
      } else {
        cache.put(key(object), state(object));
      }
    }
    version = told;
  }

  static String key(JsonNode object) {
    return object.at("/metadata/namespace").asText() + "/" + object.at("/metadata/name").asText();
  }

  static String state(JsonNode object) {
    return object.at("/metadata/resourceVersion").asText() + " " + object.at("/data/v").asText();
  }
}
