package dev.sallyport.proxy.headers;

import dev.sallyport.api.UserInfo;
import dev.sallyport.proxy.UpstreamException;
import java.util.List;
import java.util.Map;

/**
 * The caller's name, uid, groups and extras as lines of their own.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/authentication/#authenticating-proxy">authenticating
 *     proxy</a>
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/user-impersonation/">impersonation</a>
 */
final class PrefixedIdentity implements IdentityHeaders {

  static final IdentityHeaders FRONT_PROXY = new PrefixedIdentity("X-Remote-");
  static final IdentityHeaders IMPERSONATION = new PrefixedIdentity("Impersonate-");

  private final String user;
  private final String uid;
  private final String group;
  private final String extra;

  private PrefixedIdentity(String prefix) {
    this.user = prefix + "User";
    this.uid = prefix + "Uid";
    this.group = prefix + "Group";
    this.extra = prefix + "Extra-";
  }

  @Override
  public void write(UserInfo caller, HeaderSink out) throws UpstreamException {
    out.add(user, HeaderText.checked(caller.name()));
    if (!caller.uid().isEmpty()) {
      out.add(uid, HeaderText.checked(caller.uid()));
    }
    List<String> groups = caller.groups();
    for (int i = 0; i < groups.size(); i++) {
      out.add(group, HeaderText.checked(groups.get(i)));
    }
    if (!caller.extra().isEmpty()) {
      extras(caller, out);
    }
  }

  private void extras(UserInfo caller, HeaderSink out) throws UpstreamException {
    for (Map.Entry<String, List<String>> entry : caller.extra().entrySet()) {
      String name = extra + HeaderText.key(entry.getKey());
      for (String value : entry.getValue()) {
        out.add(name, HeaderText.checked(value));
      }
    }
  }
}
