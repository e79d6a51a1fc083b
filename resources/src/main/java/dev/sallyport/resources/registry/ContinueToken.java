package dev.sallyport.resources.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.store.Key;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Where the next page of a list begins: the version it is read at and the last key of the page
 * before. Opaque to clients; what comes back is checked, and can only name places inside the
 * collection it is used on.
 *
 * @param revision {@link #NEWEST} where the version the list began at is gone
 * @param start namespace/name behind which the page begins; without the namespace for a list of one
 *     namespace and for cluster-scoped kinds
 * @param collection the only one it is good for
 */
record ContinueToken(long revision, String start, String collection) {

  /** In the place of a version: whatever is newest. */
  static final long NEWEST = -1;

  private static final String VERSION = "meta.k8s.io/v1";
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  static ContinueToken behind(Key last, long revision, String listedNamespace) {
    String start =
        last.namespace().isEmpty() || !listedNamespace.isEmpty()
            ? last.name()
            : last.namespace() + "/" + last.name();
    return new ContinueToken(revision, start, last.collection());
  }

  /** The same place in the list as it is now. */
  ContinueToken newest() {
    return new ContinueToken(NEWEST, start, collection);
  }

  String encode() {
    ObjectNode token = JsonNodeFactory.instance.objectNode();
    // The NUL marks "behind this key", as in every Kubernetes token.
    token.put("v", VERSION).put("rv", revision).put("start", start + "\0");
    token.put("of", collection);
    byte[] json = token.toString().getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(json);
  }

  /**
   * @param collection where the list goes on
   */
  static ContinueToken decode(String text, String collection) {
    JsonNode token;
    try {
      byte[] json = Base64.getUrlDecoder().decode(text);
      token = MAPPER.readTree(new String(json, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw invalid(e.getOriginalMessage());
    } catch (IllegalArgumentException e) {
      throw invalid("illegal base64 data");
    }
    if (token == null || !token.isObject() || !token.path("v").asText().equals(VERSION)) {
      throw invalid("server does not recognize this encoded version");
    }
    long revision = token.path("rv").asLong();
    if (revision == 0 || revision < NEWEST) {
      throw invalid("incorrect encoded start resourceVersion (version " + VERSION + ")");
    }
    String start = token.path("start").asText();
    if (start.endsWith("\0")) {
      start = start.substring(0, start.length() - 1);
    }
    if (start.isEmpty()) {
      throw invalid("encoded start key empty (version " + VERSION + ")");
    }
    if (start.contains("..") || start.startsWith("/")) {
      throw invalid(start);
    }
    if (!token.path("of").asText(collection).equals(collection)) {
      throw invalid("it was given for another resource");
    }
    return new ContinueToken(revision, start, collection);
  }

  /** The key behind which the page begins, in a namespace of the caller's choice. */
  Key after(boolean namespaced, String listedNamespace) {
    if (!namespaced || !listedNamespace.isEmpty()) {
      return new Key(collection, listedNamespace, start);
    }
    int slash = start.indexOf('/');
    if (slash < 0) {
      throw invalid(start);
    }
    return new Key(collection, start.substring(0, slash), start.substring(slash + 1));
  }

  private static RuntimeException invalid(String why) {
    return OptionFaults.badRequest("invalid continue token: continue key is not valid: " + why);
  }
}
