package dev.sallyport.authn.token.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.authn.token.jwt.TokenFault;
import dev.sallyport.expressions.JsonValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The claims of a token whose signature is good. For one thread. */
public final class Claims {
  private final JsonNode payload;
  private @Nullable Map<String, Object> variables;

  public Claims(JsonNode payload) {
    this.payload = payload;
  }

  /** Whether the claim is there, be it null. */
  public boolean has(String claim) {
    return payload.has(claim);
  }

  /**
   * The claim's text.
   *
   * @throws TokenFault when it is missing or no text
   */
  public String text(String claim) throws TokenFault {
    JsonNode value = payload.get(claim);
    if (value == null || !value.isTextual()) {
      throw new TokenFault("the claim " + claim + " is missing or no text");
    }
    return value.textValue();
  }

  /**
   * The claim's texts: a list, one text, or none when it is missing or null.
   *
   * @throws TokenFault when it holds anything but texts
   */
  public List<String> texts(String claim) throws TokenFault {
    JsonNode value = payload.path(claim);
    if (value.isMissingNode() || value.isNull()) {
      return List.of();
    }
    if (value.isTextual()) {
      return List.of(value.textValue());
    }
    List<String> texts = new ArrayList<>(value.size());
    for (JsonNode item : value) {
      texts.add(item.isTextual() ? item.textValue() : wrong(claim));
    }
    return value.isArray() ? texts : List.of(wrong(claim));
  }

  /** The claim itself; a missing node when it is not there. */
  JsonNode value(String claim) {
    return payload.path(claim);
  }

  /** As expressions see them, under the name claims; made once. */
  public Map<String, Object> variables() {
    Map<String, Object> made = variables;
    if (made == null) {
      made = Map.of("claims", JsonValues.of(payload));
      variables = made;
    }
    return made;
  }

  private static String wrong(String claim) throws TokenFault {
    throw new TokenFault("the claim " + claim + " holds what is no text");
  }
}
