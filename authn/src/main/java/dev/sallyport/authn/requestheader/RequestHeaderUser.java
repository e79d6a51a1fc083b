package dev.sallyport.authn.requestheader;

import dev.sallyport.api.HeaderBytes;
import dev.sallyport.api.Headers;
import dev.sallyport.api.UserInfo;
import dev.sallyport.authn.Audiences;
import dev.sallyport.authn.AuthenticationResult;
import dev.sallyport.authn.AuthenticationResult.Abstained;
import dev.sallyport.authn.AuthenticationResult.Authenticated;
import dev.sallyport.authn.Credential;
import dev.sallyport.config.RequestHeaderConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The user that a believed request's headers name. */
final class RequestHeaderUser {
  private final RequestHeaderConfig config;

  RequestHeaderUser(RequestHeaderConfig config) {
    this.config = config;
  }

  /** The user, or nobody when no user-name header has a value: groups alone make no user. */
  AuthenticationResult of(Headers headers, Audiences audiences, Credential credential) {
    String name = first(headers, config.usernameHeaders());
    if (name.isEmpty()) {
      return Abstained.INSTANCE;
    }
    UserInfo user =
        new UserInfo(name, first(headers, config.uidHeaders()), groups(headers), extra(headers));
    return new Authenticated(user, audiences, credential);
  }

  private static String first(Headers headers, List<String> names) {
    for (String name : names) {
      String value = headers.first(name);
      if (value != null && !value.isEmpty()) {
        return HeaderBytes.utf8(value);
      }
    }
    return "";
  }

  private List<String> groups(Headers headers) {
    List<String> groups = new ArrayList<>();
    for (String name : config.groupHeaders()) {
      for (String value : headers.all(name)) {
        if (!value.isEmpty()) {
          groups.add(HeaderBytes.utf8(value));
        }
      }
    }
    return groups;
  }

  private Map<String, List<String>> extra(Headers headers) {
    Map<String, List<String>> extra = new LinkedHashMap<>();
    for (String prefix : config.extraHeaderPrefixes()) {
      headers.forEach(
          (name, value) -> {
            if (name.regionMatches(true, 0, prefix, 0, prefix.length())) {
              String key = name.substring(prefix.length()).toLowerCase(Locale.ROOT);
              extra
                  .computeIfAbsent(HeaderText.unescape(key), unused -> new ArrayList<>())
                  .add(HeaderBytes.utf8(value));
            }
          });
    }
    return extra;
  }
}
