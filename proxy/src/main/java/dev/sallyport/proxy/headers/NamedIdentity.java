package dev.sallyport.proxy.headers;

import dev.sallyport.api.UserInfo;
import dev.sallyport.config.IdentityHeaderNames;
import dev.sallyport.proxy.UpstreamException;
import java.util.List;
import java.util.Map;

/** The caller in headers of other names than the usual ones, its groups in one line if wanted. */
final class NamedIdentity implements IdentityHeaders {

  private final IdentityHeaderNames names;

  NamedIdentity(IdentityHeaderNames names) {
    this.names = names;
  }

  @Override
  public void write(UserInfo caller, HeaderSink out) throws UpstreamException {
    add(names.user(), caller.name(), out);
    if (!caller.uid().isEmpty()) {
      add(names.uid(), caller.uid(), out);
    }
    groups(caller.groups(), out);
    if (names.extraPrefix().isEmpty()) {
      return;
    }
    for (Map.Entry<String, List<String>> entry : caller.extra().entrySet()) {
      String name = names.extraPrefix() + HeaderText.key(entry.getKey());
      for (String value : entry.getValue()) {
        add(name, value, out);
      }
    }
  }

  private void groups(List<String> groups, HeaderSink out) throws UpstreamException {
    String separator = names.separator();
    if (separator.isEmpty()) {
      for (String group : groups) {
        add(names.groups(), group, out);
      }
      return;
    }
    for (String group : groups) {
      if (group.contains(separator)) {
        // The backend would take it apart and find groups that nobody gave.
        throw new UpstreamException(
            UpstreamException.Kind.UNSPEAKABLE,
            "the caller's groups cannot be told upstream",
            null);
      }
    }
    add(names.groups(), String.join(separator, groups), out);
  }

  private static void add(String name, String value, HeaderSink out) throws UpstreamException {
    if (!name.isEmpty()) {
      out.add(name, HeaderText.checked(value));
    }
  }

  @Override
  public boolean claims(String name) {
    return OwnNames.same(names.user(), name)
        || OwnNames.same(names.uid(), name)
        || OwnNames.same(names.groups(), name)
        || OwnNames.begins(names.extraPrefix(), name);
  }
}
