package dev.sallyport.server.endpoint.filtered;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sallyport.api.Answer;
import dev.sallyport.api.UserInfo;
import dev.sallyport.server.http.FakeRequest;
import dev.sallyport.server.http.FakeStream;
import dev.sallyport.server.http.ManualLoop;
import dev.sallyport.server.http.Response;
import java.io.IOException;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A client of a {@link ModelGateway} that keeps a copy of what it may see, as informers do. */
final class ModelInformer {

  private static final String PATH = "/api/v1/configmaps";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern OBJECT = Pattern.compile("\"k\":\"([a-z]*)/([a-z]*)\"");

  /** What the client waits for. */
  private enum Stage {
    IDLE,
    LISTING,
    WATCHING
  }

  private final ModelCluster cluster;
  private final ModelGateway gateway;
  private final Random random;
  private final String agent;
  private final int page;
  private final boolean bookmarks;
  private final boolean streams;
  private final Map<String, String> cache = new TreeMap<>();
  private final Map<String, String> listed = new TreeMap<>();
  private UserInfo user;
  private Stage stage = Stage.IDLE;
  private String version = "";
  private String token = "";
  private boolean initial;
  private boolean forbidden;
  private boolean watchForbidden;
  private boolean whole;
  private @Nullable Answer<Response> asked;
  private @Nullable FakeStream stream;
  private @Nullable FakeRequest request;
  private String text = "";

  ModelInformer(
      ModelCluster cluster, ModelGateway gateway, Random random, String agent, UserInfo user) {
    this.cluster = cluster;
    this.gateway = gateway;
    this.random = random;
    this.agent = agent;
    this.user = user;
    this.page = random.nextInt(3);
    this.bookmarks = random.nextInt(3) > 0;
    this.streams = bookmarks && random.nextInt(3) == 0;
  }

  Map<String, String> cache() {
    return cache;
  }

  UserInfo user() {
    return user;
  }

  void user(UserInfo next) {
    user = next;
  }

  boolean forbidden() {
    return forbidden;
  }

  /** Whether it could list but not watch when it last tried. */
  boolean blind() {
    return watchForbidden;
  }

  boolean watching() {
    return stage == Stage.WATCHING && stream != null;
  }

  /** Sends what comes next, if nothing is under way. */
  void go() {
    if (stage != Stage.IDLE) {
      return;
    }
    text = "";
    String target;
    if (version.isEmpty() && streams) {
      listed.clear();
      initial = true;
      stage = Stage.WATCHING;
      target = "&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&watch=true";
    } else if (version.isEmpty()) {
      stage = Stage.LISTING;
      if (token.isEmpty()) {
        listed.clear();
      }
      boolean old = token.isEmpty() && random.nextInt(3) == 0;
      target =
          "&limit="
              + page
              + (old ? "&resourceVersion=0" : "")
              + (token.isEmpty() ? "" : "&continue=" + token);
    } else {
      stage = Stage.WATCHING;
      target = "&watch=true&resourceVersion=" + version;
    }
    if (stage == Stage.WATCHING && bookmarks) {
      target += "&allowWatchBookmarks=true";
    }
    FakeRequest sent =
        FakeRequest.get(PATH + "?" + target.substring(1)).header("User-Agent", agent);
    request = sent;
    whole = gateway.letsAll(user, stage == Stage.LISTING ? "list" : "watch");
    asked = gateway.ask(user, sent);
    take();
  }

  /** Takes what has come. */
  void take() {
    gateway.run();
    Answer<Response> waiting = asked;
    if (waiting != null) {
      var stage = waiting.toStage().toCompletableFuture();
      if (!stage.isDone()) {
        return;
      }
      asked = null;
      answered(stage.handle((response, failure) -> failure == null ? response : null).join());
    }
    FakeStream coming = stream;
    if (coming != null) {
      String more = coming.take();
      judge(more);
      text += more;
      if (stage == Stage.LISTING) {
        readList(coming);
      } else {
        readEvents(coming);
      }
    }
  }

  private void answered(@Nullable Response response) {
    if (response instanceof Response.Streamed streamed && streamed.status() == 200) {
      FakeStream coming = new FakeStream(new ManualLoop());
      stream = coming;
      if (stage == Stage.LISTING) {
        forbidden = false;
      }
      watchForbidden = false;
      streamed.writer().start(coming);
      return;
    }
    boolean no = response != null && response.status() == 403;
    assertTrue(no, () -> "answered " + (response == null ? "nothing" : response.status()));
    if (stage == Stage.LISTING || initial) {
      forbidden = true;
      token = "";
    } else {
      watchForbidden = true;
    }
    idle();
  }

  private void idle() {
    stage = Stage.IDLE;
    stream = null;
    asked = null;
    initial = false;
  }

  /** Nothing is told that is out of sight by what the gateway knows at this moment. */
  private void judge(String told) {
    if (whole) {
      return;
    }
    String verb = stage == Stage.LISTING ? "list" : "watch";
    for (String line : stage == Stage.LISTING ? new String[] {told} : told.split("\n", -1)) {
      Matcher objects = OBJECT.matcher(line);
      while (objects.find() && !line.contains("DELETED")) {
        String namespace = objects.group(1);
        String name = objects.group(2);
        assertTrue(
            gateway.lets(user, verb, namespace, name),
            () -> "told out of sight: " + namespace + "/" + name);
      }
    }
  }

  private void readList(FakeStream coming) {
    if (coming.aborted()) {
      token = "";
      idle();
    } else if (coming.ended()) {
      JsonNode list = json(text);
      list.path("items").forEach(each -> listed.put(key(each), value(each)));
      assertTrue(whole || !list.path("metadata").has("remainingItemCount"), text);
      token = list.at("/metadata/continue").asText();
      if (token.isEmpty()) {
        version = list.at("/metadata/resourceVersion").asText();
        replace();
      }
      idle();
    }
  }

  private void replace() {
    cache.clear();
    cache.putAll(listed);
  }

  private void readEvents(FakeStream coming) {
    for (int end = text.indexOf("}\n"); end >= 0 && stage == Stage.WATCHING; ) {
      String frame = text.substring(0, end + 1);
      if (!complete(frame)) {
        end = text.indexOf("}\n", end + 1);
        continue;
      }
      text = text.substring(end + 2);
      event(json(frame));
      end = text.indexOf("}\n");
    }
    if (stage == Stage.WATCHING && (coming.ended() || coming.aborted())) {
      idle();
    }
  }

  private static boolean complete(String frame) {
    try {
      JSON.readTree(frame);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private void event(JsonNode event) {
    JsonNode object = event.path("object");
    Map<String, String> copy = initial ? listed : cache;
    switch (event.path("type").asText()) {
      case "ERROR" -> {
        assertTrue(object.path("code").asInt() == 410, event::toString);
        version = "";
        idle();
        return;
      }
      case "BOOKMARK" -> {
        if (object.at("/metadata/annotations").size() > 0) {
          forbidden = false;
          replace();
          initial = false;
        }
      }
      case "DELETED" -> copy.remove(key(object));
      default -> copy.put(key(object), value(object));
    }
    if (!initial) {
      version = object.at("/metadata/resourceVersion").asText();
    }
  }

  /** The connection breaks; what was not read is lost. */
  void cut() {
    FakeStream coming = stream;
    FakeRequest sent = request;
    if (coming != null) {
      coming.clientGone();
    } else if (asked != null && sent != null) {
      sent.abort();
    }
    if (stage == Stage.LISTING) {
      token = "";
    }
    idle();
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  static String key(JsonNode object) {
    return object.at("/data/k").asText();
  }

  private static String value(JsonNode object) {
    return object.at("/data/v").asText();
  }
}
