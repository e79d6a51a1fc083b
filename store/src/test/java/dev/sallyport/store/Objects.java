package dev.sallyport.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sallyport.api.Answer;
import java.util.Map;
import java.util.concurrent.CompletionException;

/** Objects and answers for tests. */
public final class Objects {

  private static final String HEAD = "\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",";

  private Objects() {}

  public static Key key(String namespace, String name) {
    return new Key("configmaps", namespace, name);
  }

  /** An object whose uid is made of its place and whose label and data carry the value. */
  public static Draft draft(Key key, String value) {
    return draft(key, "uid-" + key.namespace() + "-" + key.name(), value);
  }

  public static Draft draft(Key key, String uid, String value) {
    String head =
        "{" + HEAD + "\"metadata\":{\"name\":\"" + key.name() + "\",\"uid\":\"" + uid + "\"";
    byte[] json = (head + "},\"data\":{\"v\":\"" + value + "\"}}").getBytes(UTF_8);
    return new Draft(
        json,
        head.getBytes(UTF_8).length,
        HEAD.length(),
        uid,
        Map.of("v", value),
        Map.of("metadata.name", key.name()));
  }

  /** Makes the same drafts of stored rows. */
  public static Draft index(Key key, byte[] json) {
    String text = new String(json, UTF_8);
    return draft(key, between(text, "\"uid\":\"", "\""), between(text, "\"v\":\"", "\""));
  }

  /** The value the object was drafted with. */
  public static String value(StoredObject object) {
    return between(text(object), "\"v\":\"", "\"");
  }

  public static String text(StoredObject object) {
    return new String(object.json(), UTF_8);
  }

  /** What the failure says, "null" if nothing. */
  public static String message(Throwable failure) {
    return String.valueOf(failure.getMessage());
  }

  /** Waits for the answer; fails as it fails. */
  public static <T> T await(Answer<T> answer) {
    try {
      return answer.toStage().toCompletableFuture().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private static String between(String text, String start, String end) {
    int from = text.indexOf(start);
    if (from < 0) {
      throw new IllegalArgumentException("no " + start + " in " + text);
    }
    from += start.length();
    return text.substring(from, text.indexOf(end, from));
  }
}
