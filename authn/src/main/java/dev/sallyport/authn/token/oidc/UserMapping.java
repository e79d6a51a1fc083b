package dev.sallyport.authn.token.oidc;

import dev.sallyport.api.UserInfo;
import dev.sallyport.authn.token.jwt.TokenFault;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How claims become a user.
 *
 * @param extra further facts by their keys; those without a value are left out
 */
public record UserMapping(
    Mapping<String> username,
    Mapping<List<String>> groups,
    Mapping<String> uid,
    Map<String, Mapping<List<String>>> extra) {
  private static final String CREDENTIAL_ID = "authentication.kubernetes.io/credential-id";

  public UserMapping {
    extra = Map.copyOf(extra);
  }

  /**
   * The user that the claims make.
   *
   * @throws TokenFault when they make none
   */
  public UserInfo user(Claims claims) throws TokenFault {
    String name = username.of(claims);
    if (name.isEmpty()) {
      throw new TokenFault("the user name is empty");
    }
    return new UserInfo(name, uid.of(claims), groups.of(claims), extra(claims));
  }

  private Map<String, List<String>> extra(Claims claims) throws TokenFault {
    if (extra.isEmpty() && !claims.has("jti")) {
      return Map.of();
    }
    Map<String, List<String>> found = new LinkedHashMap<>();
    String id = claims.value("jti").isTextual() ? claims.text("jti") : "";
    if (!id.isEmpty()) {
      found.put(CREDENTIAL_ID, List.of("JTI=" + id));
    }
    for (Map.Entry<String, Mapping<List<String>>> entry : extra.entrySet()) {
      List<String> values = entry.getValue().of(claims);
      if (!values.isEmpty()) {
        found.put(entry.getKey(), values);
      }
    }
    return found;
  }
}
