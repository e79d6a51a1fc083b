package dev.sallyport.authn.token.jwt;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A JSON web signature in compact form whose shape is right and whose signature nobody has looked
 * at. Everything is bounded before anything is decoded: length, alphabet, then nesting; encrypted
 * tokens have five parts and are nothing of this kind.
 *
 * @param serialized the token as it was sent: a secret
 * @param header a JSON object, its members unjudged
 * @param payload a JSON object, its claims unjudged
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7515#section-7.1">RFC 7515, 7.1</a>
 */
public record CompactToken(String serialized, JsonNode header, JsonNode payload) {
  private static final int LONGEST = 64 << 10;

  /** The token's parts, or null when it is nothing of this kind. */
  public static @Nullable CompactToken parse(String token) {
    int first = token.indexOf('.');
    int second = token.indexOf('.', first + 1);
    if (token.length() > LONGEST
        || first < 1
        || second < 0
        || token.indexOf('.', second + 1) >= 0
        || !base64url(token)) {
      return null;
    }
    JsonNode header = json(token.substring(0, first));
    JsonNode payload = json(token.substring(first + 1, second));
    return header == null || payload == null ? null : new CompactToken(token, header, payload);
  }

  /** The value of a text member, or "" when it is missing or of another type. */
  public static String text(JsonNode node, String member) {
    return StrictJson.text(node, member);
  }

  /** Never prints the token. */
  @Override
  public String toString() {
    return "CompactToken";
  }

  private static boolean base64url(String token) {
    for (int i = 0; i < token.length(); i++) {
      char c = token.charAt(i);
      boolean allowed =
          c >= 'a' && c <= 'z'
              || c >= 'A' && c <= 'Z'
              || c >= '0' && c <= '9'
              || c == '-'
              || c == '_'
              || c == '.';
      if (!allowed) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable JsonNode json(String part) {
    try {
      return StrictJson.object(Base64.getUrlDecoder().decode(part));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
