package dev.sallyport.proxy.headers;

import dev.sallyport.api.UserInfo;
import dev.sallyport.config.UpstreamIdentity;
import dev.sallyport.proxy.UpstreamException;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Map;

/**
 * Tells a backend who calls, as an authenticating proxy does or by impersonation.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/authentication/#authenticating-proxy">authenticating
 *     proxy</a>
 */
public enum IdentityHeaders {
  HEADERS("X-Remote-"),
  IMPERSONATE("Impersonate-"),
  NONE("");

  private final String user;
  private final String uid;
  private final String group;
  private final String extra;

  IdentityHeaders(String prefix) {
    this.user = prefix + "User";
    this.uid = prefix + "Uid";
    this.group = prefix + "Group";
    this.extra = prefix + "Extra-";
  }

  public static IdentityHeaders of(UpstreamIdentity identity) {
    return switch (identity) {
      case HEADERS -> HEADERS;
      case IMPERSONATE -> IMPERSONATE;
      case NONE -> NONE;
    };
  }

  /**
   * @throws UpstreamException when the identity cannot be told in headers
   */
  void write(UserInfo caller, HttpHeaders out) throws UpstreamException {
    if (this == NONE) {
      return;
    }
    out.add(user, HeaderText.value(caller.name()));
    if (!caller.uid().isEmpty()) {
      out.add(uid, HeaderText.value(caller.uid()));
    }
    for (String name : caller.groups()) {
      out.add(group, HeaderText.value(name));
    }
    for (Map.Entry<String, List<String>> entry : caller.extra().entrySet()) {
      String name = extra + HeaderText.key(entry.getKey());
      for (String value : entry.getValue()) {
        out.add(name, HeaderText.value(value));
      }
    }
  }
}
