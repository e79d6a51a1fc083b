package dev.sallyport.authn.token.jwt;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An issuer's public keys. Immutable; equal sets hold the same keys in the same order.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7517#section-5">RFC 7517, 5</a>
 */
public record KeySet(List<Named> keys) {

  /** More than any issuer publishes; what follows is not looked at. */
  private static final int MOST = 100;

  /**
   * @param id the kid, or "" when it has none
   */
  public record Named(String id, PublicKey key) {}

  public KeySet {
    keys = List.copyOf(keys);
  }

  /**
   * The signature keys of a key set; those of kinds unknown here, for encryption, or too weak are
   * left out.
   *
   * @return null when the text is no key set, or none of its keys can be used
   */
  public static @Nullable KeySet parse(byte[] json) {
    JsonNode set = StrictJson.object(json);
    JsonNode list = set == null ? null : set.get("keys");
    if (list == null || !list.isArray()) {
      return null;
    }
    List<Named> keys = new ArrayList<>();
    for (JsonNode each : list) {
      PublicKey key = keys.size() < MOST ? JsonWebKey.publicKey(each) : null;
      if (key != null) {
        keys.add(new Named(StrictJson.text(each, "kid"), key));
      }
    }
    return keys.isEmpty() ? null : new KeySet(keys);
  }

  /** The keys to try for a token: those of the id that it names, or all when it names none. */
  public List<PublicKey> candidates(String keyId) {
    List<PublicKey> found = new ArrayList<>(1);
    for (Named key : keys) {
      if (keyId.isEmpty() || key.id().equals(keyId)) {
        found.add(key.key());
      }
    }
    return found;
  }
}
